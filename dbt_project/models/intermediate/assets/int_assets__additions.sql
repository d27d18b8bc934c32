-- Capitalised cost by component, entity that incurred it, month, nature and cost centre; in closed months as frozen.
with booked as (
    {{ open_and_closed(
        ref('int_capitalization__decided'), 'fct_capitalization',
        columns=[
            'component_id', 'entity', 'month_key', 'cost_center', 'pay_component', 'worker_type', 'treatment',
            'currency_code', 'capex_amount',
        ]
    ) }}
),

final as (
    select
        component_id,
        entity,
        month_key,
        cost_center,
        {{ cost_nature('pay_component', 'worker_type') }} as nature,
        currency_code,
        cast(sum(capex_amount) as decimal(18, 2)) as amount
    from booked
    where treatment = 'capex'
    group by
        component_id, entity, month_key, cost_center, {{ cost_nature('pay_component', 'worker_type') }}, currency_code
    having sum(capex_amount) <> 0
)

select * from final
