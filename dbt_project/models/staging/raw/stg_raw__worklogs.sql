with final as (
    select
        source,
        worklog_id,
        work_item_key,
        author,
        started_at,
        seconds,
        created_at,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'worklogs') }}
)

select * from final
