-- Working time of the people who develop, by team and period; agents have no time.
with worked as (
    select
        team,
        work_date,
        sum(minutes) as minutes,
        sum(case
            when work_item_key in ('UNATTRIBUTED', 'NO_CAPACITY') or work_item_key like 'DECLARED:%' then 0
            else minutes
        end) as delivery_minutes
    from {{ ref('fct_effort_days') }}
    where evidence_tier <> 'L' and role_class in ('engineer', 'qa', 'designer') and worker_type <> 'agent'
    group by team, work_date
),

final as (
    select
        worked.team,
        periods.period_type,
        periods.period_key,
        cast(sum(worked.minutes) as bigint) as minutes,
        cast(sum(worked.delivery_minutes) as bigint) as delivery_minutes,
        cast(sum(worked.minutes) as double) / max(settings.hours_per_day * 300) as developer_weeks
    from worked
    inner join {{ ref('int_ai__period_days') }} as periods
        on worked.work_date = periods.day_date
    cross join {{ source('company', 'settings') }} as settings
    group by worked.team, periods.period_type, periods.period_key
)

select * from final
