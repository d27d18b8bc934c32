with final as (
    select
        source,
        work_item_key,
        change_id,
        changed_at,
        author,
        field,
        from_value,
        to_value,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'work_item_changes') }}
)

select * from final
