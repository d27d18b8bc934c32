with final as (
    select
        source,
        repository,
        tag,
        sha,
        tagged_at,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'tags') }}
)

select * from final
