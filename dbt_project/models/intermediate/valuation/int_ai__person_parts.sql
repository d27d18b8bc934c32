-- Each line of AI cost in the entity's currency, converted once, split over its persons.
with lines as (
    select
        costs.cost_line_id,
        costs.month as month_key,
        costs.vendor,
        costs.tool,
        costs.entity,
        costs.cost_center,
        costs.work_item_key,
        'ai_' || costs.charge_type as pay_component,
        costs.price_basis,
        entities.functional_currency as currency_code,
        entities.country,
        currencies.minor_digits,
        {{ convert_money('costs.net_amount', 'rates.rate', 'currencies.minor_digits') }} as line_amount
    from {{ ref('inp_ai_costs') }} as costs
    inner join {{ source('company', 'months') }} as months
        on costs.month = months.month_key and months.is_computed
    inner join {{ source('company', 'entities') }} as entities
        on costs.entity = entities.entity
    inner join {{ source('company', 'currencies') }} as currencies
        on entities.functional_currency = currencies.currency_code
    left join {{ ref('int_fx__averages') }} as rates
        on
            costs.month = rates.month_key
            and costs.currency = rates.from_currency
            and entities.functional_currency = rates.to_currency
),

weighed as (
    select
        lines.*,
        {{ to_minor('lines.line_amount', 'lines.minor_digits') }} as line_minor,
        weights.person_id,
        weights.weight
    from lines
    inner join {{ ref('int_ai__person_weights') }} as weights
        on lines.cost_line_id = weights.cost_line_id
),

final as (
    {{ largest_remainder(
        'weighed',
        columns=[
            'cost_line_id', 'month_key', 'vendor', 'tool', 'entity', 'cost_center', 'work_item_key', 'pay_component',
            'price_basis', 'currency_code', 'country', 'minor_digits', 'line_amount', 'person_id'
        ],
        amount='line_minor',
        weight='weight',
        partition_by=['cost_line_id'],
        order_by=['person_id'],
        allocated='person_minor'
    ) }}
)

select * from final
