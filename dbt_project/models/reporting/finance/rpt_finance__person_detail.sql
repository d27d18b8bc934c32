-- One row a person: capacity and leave of the month, and what the registers hold for the person.
with months as (
    select month_key from {{ ref('dim_months') }}
    where is_run_month
),

priced as (
    select distinct
        costs.person_id,
        costs.entity
    from {{ ref('fct_cost_allocations') }} as costs
    inner join months on costs.month_key = months.month_key
),

worked as (
    select
        effort.person_id,
        sum(case when effort.evidence_tier = 'L' then 0 else effort.minutes end) as worked_minutes,
        sum(case when effort.evidence_tier = 'L' then effort.minutes else 0 end) as leave_minutes,
        sum(case when effort.evidence_tier = 'T6' then effort.minutes else 0 end) as unattributed_minutes,
        sum(case when effort.evidence_tier <> 'L' and priced.person_id is null then effort.minutes else 0 end)
            as unpriced_minutes
    from {{ ref('fct_effort_days') }} as effort
    inner join months on effort.month_key = months.month_key
    left join priced
        on effort.person_id = priced.person_id and effort.entity = priced.entity
    group by effort.person_id
),

registered as (
    select
        lines.person_id,
        sum(lines.amount) as amount
    from (
        select
            person_id,
            month_key,
            amount
        from {{ ref('int_pay__register_lines') }}
        union all
        select
            person_id,
            month_key,
            amount
        from {{ ref('fct_cost_allocations') }}
        where cost_line_id <> 'NONE'
    ) as lines
    inner join months on lines.month_key = months.month_key
    group by lines.person_id
),

-- The three months before, for a review of who moved.
before as (
    select
        costs.person_id,
        sum(case when costs.treatment = 'capex' then costs.reporting_amount else 0 end) as capex_amount,
        sum(costs.reporting_amount) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as earlier
        on costs.month_key = earlier.month_key
    inner join {{ ref('dim_months') }} as run_month
        on
            run_month.is_run_month
            and earlier.month_index between run_month.month_index - 3 and run_month.month_index - 1
    where costs.person_id <> 'NONE'
    group by costs.person_id
),

persons as (
    select person_id from worked
    union
    select person_id from registered
    union
    select person_id from priced
),

final as (
    select
        {{ person_key('persons.person_id', 'known.display_name') }} as person_id,
        coalesce(known.display_name, 'No person') as display_name,
        known.role,
        known.role_class,
        known.team,
        known.entity,
        known.work_country,
        cast(coalesce(worked.worked_minutes, 0) as bigint) as worked_minutes,
        cast(coalesce(worked.leave_minutes, 0) as bigint) as leave_minutes,
        cast(coalesce(worked.unattributed_minutes, 0) as bigint) as unattributed_minutes,
        cast(coalesce(worked.unpriced_minutes, 0) as bigint) as unpriced_minutes,
        cast(coalesce(registered.amount, 0) as decimal(18, 2)) as register_amount,
        cast(coalesce(before.capex_amount, 0) as decimal(18, 2)) as before_capex_amount,
        cast(coalesce(before.amount, 0) as decimal(18, 2)) as before_amount
    from persons
    left join worked on persons.person_id = worked.person_id
    left join registered on persons.person_id = registered.person_id
    left join before on persons.person_id = before.person_id
    left join {{ ref('dim_persons') }} as known on persons.person_id = known.person_id
)

select * from final
