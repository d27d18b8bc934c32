with final as (
    select
        source,
        date,
        account,
        tool,
        plan,
        assigned_from,
        last_activity_at,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'ai_seats') }}
)

select * from final
