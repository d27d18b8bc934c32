-- What an adoption of ASU 2025-06 does to opening balances: modified, projects in progress that fail the new test
-- are derecognised; retrospective, cost is restated to what the new policy would have capitalised.
with adopted as (
    select * from {{ ref('int_policies__adopted') }}
    where {{ is_open_month('month_key') }}
),

failing as (
    select
        adopted.entity,
        windows.component_id,
        adopted.month_key,
        adopted.month_number
    from adopted
    inner join {{ ref('int_windows__dated') }} as windows
        on
            adopted.policy_id = windows.policy_id
            and adopted.first_date between windows.from_date and windows.to_date
    where adopted.transition_type = 'modified' and windows.window_state = 'none' and windows.component_id <> 'NONE'
),

restated as (
    select
        adopted.entity,
        compared.component_id,
        adopted.month_key,
        adopted.month_number,
        sum(compared.amended_capex_amount - compared.legacy_capex_amount) as cost_amount
    from adopted
    inner join {{ ref('int_policies__dual_run') }} as compared
        on adopted.entity = compared.entity and adopted.month_key > compared.month_key
    left join {{ ref('int_gates__counted') }} as ended
        on
            compared.component_id = ended.component_id
            and ended.gate in ('abandoned', 'disposed')
            and adopted.first_date > ended.effective_date
    where adopted.transition_type = 'retrospective' and ended.gate is null
    group by adopted.entity, compared.component_id, adopted.month_key, adopted.month_number
    having sum(compared.amended_capex_amount - compared.legacy_capex_amount) <> 0
),

-- A closed adoption stays as it was booked.
frozen as (
    select
        movements.entity,
        movements.component_id,
        movements.month_key,
        months.month_number,
        adopted.transition_type,
        sum(case when movements.balance = 'cip' then movements.amount else 0 end) as cost_amount,
        sum(case when movements.balance = 'accumulated' then movements.amount else 0 end) as accumulated_amount
    from {{ source('closed', 'fct_asset_movements') }} as movements
    inner join {{ ref('int_months__numbered') }} as months on movements.month_key = months.month_key
    left join {{ ref('int_policies__adopted') }} as adopted
        on movements.entity = adopted.entity and movements.month_key = adopted.month_key
    where movements.movement_type = 'transition'
    group by
        movements.entity, movements.component_id, movements.month_key, months.month_number, adopted.transition_type
),

final as (
    select
        entity,
        component_id,
        month_key,
        month_number,
        cast(0 as decimal(18, 2)) as cost_amount,
        cast(null as decimal(18, 2)) as accumulated_amount,
        true as is_derecognised
    from failing
    union all
    select
        entity,
        component_id,
        month_key,
        month_number,
        cast(cost_amount as decimal(18, 2)) as cost_amount,
        cast(null as decimal(18, 2)) as accumulated_amount,
        false as is_derecognised
    from restated
    union all
    select
        entity,
        component_id,
        month_key,
        month_number,
        cast(case when transition_type = 'modified' then 0 else cost_amount end as decimal(18, 2)) as cost_amount,
        cast(accumulated_amount as decimal(18, 2)) as accumulated_amount,
        coalesce(transition_type = 'modified', false) as is_derecognised
    from frozen
)

select * from final
