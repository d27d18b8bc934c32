-- The spell that pays a person where no minute does: the last one begun by the month's end, else the first after it.
with candidates as (
    select
        people.person_id,
        months.month_key,
        people.entity,
        people.cost_center,
        people.work_country,
        people.worker_type,
        people.role_class,
        people.team,
        people.start_date,
        case when people.start_date <= months.last_date then 0 else 1 end as is_after
    from {{ source('company', 'people') }} as people
    cross join {{ source('company', 'months') }} as months
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id, month_key, entity
            order by is_after asc, case when is_after = 0 then start_date end desc, start_date asc
        ) as entity_spell_rank,
        row_number() over (
            partition by person_id, month_key
            order by is_after asc, case when is_after = 0 then start_date end desc, start_date asc
        ) as spell_rank
    from candidates
),

final as (
    select * from ranked
    where entity_spell_rank = 1
)

select * from final
