-- What the company hands over itself, and what its sources delivered.
with final as (
    select
        date,
        account,
        person_id,
        tool,
        plan,
        assigned_from,
        last_activity_at,
        'inputs' as record_source
    from {{ source('company', 'ai_seats') }}
    union all
    select
        date,
        account,
        cast(null as varchar) as person_id,
        tool,
        plan,
        assigned_from,
        last_activity_at,
        record_source
    from {{ ref('stg_raw__ai_seats') }}
)

select * from final
