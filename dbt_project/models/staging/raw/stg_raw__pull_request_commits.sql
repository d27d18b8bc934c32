with final as (
    select
        source,
        repository,
        number,
        sha,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'pull_request_commits') }}
)

select * from final
