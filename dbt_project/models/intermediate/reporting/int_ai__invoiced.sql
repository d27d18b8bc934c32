-- The invoiced lines of AI cost in the functional currency of their entity, converted once.
with final as (
    select
        costs.cost_line_id,
        costs.month as month_key,
        costs.vendor,
        costs.tool,
        costs.charge_type,
        costs.entity,
        entities.functional_currency as currency_code,
        {{ convert_money('costs.net_amount', 'rates.rate', 'currencies.minor_digits') }} as amount
    from {{ ref('inp_ai_costs') }} as costs
    inner join {{ source('company', 'months') }} as months
        on costs.month = months.month_key
    inner join {{ source('company', 'entities') }} as entities
        on costs.entity = entities.entity
    inner join {{ source('company', 'currencies') }} as currencies
        on entities.functional_currency = currencies.currency_code
    left join {{ ref('int_fx__averages') }} as rates
        on
            costs.month = rates.month_key
            and costs.currency = rates.from_currency
            and entities.functional_currency = rates.to_currency
    where costs.price_basis = 'invoiced'
)

select * from final
