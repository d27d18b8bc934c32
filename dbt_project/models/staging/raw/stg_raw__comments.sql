with final as (
    select
        source,
        comment_id,
        work_item_key,
        repository,
        number,
        author,
        created_at,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'comments') }}
)

select * from final
