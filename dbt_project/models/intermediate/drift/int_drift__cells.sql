-- Each pay line on an item and component, closed beside today, with its pool and its item in both readings.
with cells as (
    select
        month_key,
        entity,
        person_id,
        case when cost_line_id = 'NONE' then person_id else 'NONE' end as pool_person_id,
        pay_component,
        cost_line_id,
        work_item_key,
        component_id,
        currency_code,
        max(case when reading = 'closed' then activities end) as closed_activities,
        max(case when reading = 'today' then activities end) as today_activities,
        max(case when reading = 'closed' then tiers end) as closed_tiers,
        max(case when reading = 'today' then tiers end) as today_tiers,
        max(case when reading = 'closed' then role_classes end) as closed_role_classes,
        max(case when reading = 'today' then role_classes end) as today_role_classes,
        max(case when reading = 'closed' then open_days end) as closed_open_days,
        max(case when reading = 'today' then open_days end) as today_open_days,
        max(case when reading = 'closed' then election end) as closed_election,
        max(case when reading = 'today' then election end) as today_election,
        max(case when reading = 'closed' then rules end) as closed_rules,
        max(case when reading = 'today' then rules end) as today_rules,
        sum(case when reading = 'closed' then minutes else -minutes end) as minutes_difference,
        sum(case when reading = 'closed' then capex_minutes else -capex_minutes end) as capex_minutes_difference,
        sum(case when reading = 'closed' then amount else 0 end) as closed_amount,
        sum(case when reading = 'today' then amount else 0 end) as today_amount,
        sum(case when reading = 'closed' then capex_amount else 0 end) as closed_capex,
        sum(case when reading = 'today' then capex_amount else 0 end) as today_capex
    from {{ ref('int_drift__cost_rows') }}
    group by
        month_key, entity, person_id, case when cost_line_id = 'NONE' then person_id else 'NONE' end, pay_component,
        cost_line_id, work_item_key, component_id, currency_code
),

final as (
    select
        cells.*,
        pools.closed_amount as closed_pool,
        pools.today_amount as today_pool,
        pools.pay_cause,
        -- Nobody's minutes moved in the whole pool: whatever differs beyond a rule comes from its price alone.
        max(abs(cells.minutes_difference) + abs(cells.capex_minutes_difference)) over (
            partition by
                cells.month_key, cells.pool_person_id, cells.pay_component, cells.cost_line_id, cells.currency_code
        ) = 0
        and pools.closed_amount <> pools.today_amount as is_price_only,
        sum(cells.closed_amount) over (
            partition by
                cells.month_key, cells.entity, cells.person_id, cells.pay_component, cells.cost_line_id,
                cells.work_item_key, cells.currency_code
        ) as closed_item,
        sum(cells.today_amount) over (
            partition by
                cells.month_key, cells.entity, cells.person_id, cells.pay_component, cells.cost_line_id,
                cells.work_item_key, cells.currency_code
        ) as today_item
    from cells
    inner join {{ ref('int_drift__pools') }} as pools
        on
            cells.month_key = pools.month_key
            and cells.pool_person_id = pools.pool_person_id
            and cells.pay_component = pools.pay_component
            and cells.cost_line_id = pools.cost_line_id
            and cells.currency_code = pools.currency_code
)

select * from final
