-- Costs without minutes, each its own line: its name is made of what it says, so that the order of the input is free.
with numbered as (
    select
        *,
        row_number() over (
            partition by month, entity, nature, component_id, cost_center
            order by currency asc, amount asc, evidence_url asc nulls last
        ) as line_number
    from {{ source('company', 'other_costs') }}
),

final as (
    select
        'other:' || costs.month || '/' || costs.entity || '/' || costs.nature || '/' || coalesce(costs.component_id, '')
        || '/' || coalesce(costs.cost_center, '') || '/' || cast(costs.line_number as varchar) as cost_line_id,
        costs.month as month_key,
        costs.entity,
        coalesce(costs.cost_center, 'NONE') as cost_center,
        entities.country as work_country,
        'other_' || costs.nature as pay_component,
        'COST:' || costs.nature as work_item_key,
        coalesce(components.value_stream_id, 'NONE') as value_stream_id,
        coalesce(costs.component_id, 'NONE') as component_id,
        {{ convert_money('costs.amount', 'rates.rate', 'currencies.minor_digits') }} as amount,
        entities.functional_currency as currency_code,
        costs.evidence_url
    from numbered as costs
    inner join {{ source('company', 'months') }} as months
        on costs.month = months.month_key and months.is_computed
    inner join {{ source('company', 'entities') }} as entities
        on costs.entity = entities.entity
    inner join {{ source('company', 'currencies') }} as currencies
        on entities.functional_currency = currencies.currency_code
    left join {{ source('company', 'components') }} as components
        on costs.component_id = components.component_id
    left join {{ ref('int_fx__averages') }} as rates
        on
            costs.month = rates.month_key
            and costs.currency = rates.from_currency
            and entities.functional_currency = rates.to_currency
)

select * from final
