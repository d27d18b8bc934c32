-- Pay and working time of the people who develop, by team and month, and whether the team had the tools by then.
with worked as (
    select
        team,
        month_key,
        sum(minutes) as minutes
    from {{ ref('fct_effort_days') }}
    where evidence_tier <> 'L' and role_class in ('engineer', 'qa', 'designer') and worker_type <> 'agent'
    group by team, month_key
),

paid as (
    select
        team,
        month_key,
        sum(reporting_amount) as pay_amount,
        sum(case when treatment = 'capex' then reporting_amount else 0 end) as capex_amount
    from {{ ref('fct_capitalization') }}
    where
        cost_line_id = 'NONE' and pay_component <> 'severance'
        and role_class in ('engineer', 'qa', 'designer') and worker_type <> 'agent'
    group by team, month_key
),

final as (
    select
        worked.team,
        worked.month_key,
        cast(worked.minutes as bigint) as minutes,
        cast(coalesce(paid.pay_amount, 0) as decimal(18, 2)) as pay_amount,
        cast(coalesce(paid.capex_amount, 0) as decimal(18, 2)) as capex_amount,
        starts.start_date is not null as is_ever_treated,
        coalesce(starts.start_date <= months.last_date, false) as is_treated
    from worked
    inner join {{ source('company', 'months') }} as months
        on worked.month_key = months.month_key
    left join paid
        on worked.team = paid.team and worked.month_key = paid.month_key
    left join {{ ref('int_ai__starts') }} as starts
        on worked.team = starts.team
)

select * from final
