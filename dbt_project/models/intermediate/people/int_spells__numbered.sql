-- A number for every spell, so that what says the same on each of its days is stored once.
with final as (
    select
        cast(row_number() over (order by person_id, start_date) as integer) as spell_number,
        person_id,
        start_date,
        entity,
        cost_center,
        work_country,
        worker_type,
        role_class,
        team
    from {{ source('company', 'people') }}
)

select * from final
