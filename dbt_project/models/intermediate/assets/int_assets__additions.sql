-- Capitalised cost by component, entity that incurred it, month, nature and cost centre.
with final as (
    select
        component_id,
        entity,
        month_key,
        cost_center,
        {{ cost_nature('pay_component', 'worker_type') }} as nature,
        currency_code,
        cast(sum(capex_amount) as decimal(18, 2)) as amount
    from {{ ref('int_capitalization__decided') }}
    where treatment = 'capex'
    group by
        component_id, entity, month_key, cost_center, {{ cost_nature('pay_component', 'worker_type') }}, currency_code
    having sum(capex_amount) <> 0
)

select * from final
