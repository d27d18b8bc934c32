-- What holds from each date on which something may change: one row per policy, component and date.
with units as (
    select
        policies.*,
        components.component_id
    from {{ source('company', 'policies') }} as policies
    cross join (
        select component_id from {{ source('company', 'components') }}
        union all
        select 'NONE' as component_id
    ) as components
),

boundaries as (
    select
        policy_id,
        component_id,
        cast('1900-01-01' as date) as from_date
    from units
    union
    select
        policy_id,
        component_id,
        effective_from
    from units
    union
    select
        policy_id,
        component_id,
        {{ shifted_date('effective_to', 'day', 1) }}
    from units
    where effective_to is not null
    union
    select
        policy_id,
        component_id,
        effective_date
    from {{ ref('int_gates__by_policy') }}
),

required as (
    select
        policy_id,
        count(distinct gate) as start_count
    from {{ source('company', 'policy_gates') }}
    where gate_role = 'start'
    group by policy_id
),

passed as (
    select
        boundaries.policy_id,
        boundaries.component_id,
        boundaries.from_date,
        count(distinct case when gates.gate_role = 'start' then gates.gate end) as start_count,
        max(case when gates.gate_role = 'ready' then gates.effective_date end) as ready_date,
        max(case when gates.gate_role = 'stop' then gates.effective_date end) as stop_date,
        max(case when gates.gate_role = 'resume' then gates.effective_date end) as resume_date
    from boundaries
    left join {{ ref('int_gates__by_policy') }} as gates
        on
            boundaries.policy_id = gates.policy_id
            and boundaries.component_id = gates.component_id
            and boundaries.from_date >= gates.effective_date
    group by boundaries.policy_id, boundaries.component_id, boundaries.from_date
),

subjects as (
    select
        boundaries.policy_id,
        boundaries.component_id,
        boundaries.from_date,
        gates.subject,
        max(case when gates.gate_role = 'hold_opened' then gates.effective_date end) as opened_date,
        max(case when gates.gate_role = 'hold_resolved' then gates.effective_date end) as resolved_date
    from boundaries
    inner join {{ ref('int_gates__by_policy') }} as gates
        on
            boundaries.policy_id = gates.policy_id
            and boundaries.component_id = gates.component_id
            and boundaries.from_date >= gates.effective_date
    where gates.gate_role in ('hold_opened', 'hold_resolved')
    group by boundaries.policy_id, boundaries.component_id, boundaries.from_date, gates.subject
),

held as (
    select distinct
        policy_id,
        component_id,
        from_date
    from subjects
    where opened_date is not null and (resolved_date is null or resolved_date < opened_date)
),

final as (
    select
        passed.policy_id,
        passed.component_id,
        case
            when passed.component_id = 'NONE' then 'none'
            when passed.ready_date is not null then 'closed'
            when passed.stop_date > coalesce(passed.resume_date, cast('1900-01-01' as date)) then 'closed'
            when passed.start_count < coalesce(required.start_count, 0) then 'none'
            when held.from_date is not null then 'none'
            else 'open'
        end as window_state,
        passed.from_date >= units.effective_from
        and passed.from_date <= coalesce(units.effective_to, cast('9999-12-31' as date)) as is_in_force,
        passed.from_date
    from passed
    inner join units
        on passed.policy_id = units.policy_id and passed.component_id = units.component_id
    left join required on passed.policy_id = required.policy_id
    left join held
        on
            passed.policy_id = held.policy_id
            and passed.component_id = held.component_id
            and passed.from_date = held.from_date
)

select * from final
