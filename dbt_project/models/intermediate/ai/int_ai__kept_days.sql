-- Time that the people who develop spent on items, by team and day, and how much of it kept the lights on; time that no
-- item explains is in neither. Closed months count as they were closed, sorted by the rules of today.
with worked as (
    select
        team,
        work_date,
        coalesce(item_type, '') as item_type,
        coalesce(labels, '[]') as labels,
        coalesce({{ key_namespace('work_item_key') }}, '') as project_key,
        sum(minutes) as minutes
    from {{ ref('fct_effort_days') }}
    where
        not {{ is_reserved_item('work_item_key') }}
        and role_class in ('engineer', 'qa', 'designer')
        and worker_type <> 'agent'
    group by
        team,
        work_date,
        coalesce(item_type, ''),
        coalesce(labels, '[]'),
        coalesce({{ key_namespace('work_item_key') }}, '')
),

final as (
    select
        worked.team,
        worked.work_date,
        cast(sum(case when work_types.category = 'keep_the_lights_on' then worked.minutes else 0 end) as bigint)
            as kept_minutes,
        cast(sum(worked.minutes) as bigint) as minutes
    from worked
    inner join {{ ref('int_work_types__classified') }} as work_types
        on
            not work_types.is_reserved
            and worked.item_type = work_types.item_type
            and worked.labels = work_types.labels
            and worked.project_key = work_types.project_key
    group by worked.team, worked.work_date
)

select * from final
