{{ config(materialized='view') }}

-- Every cost row, from the layer below the mart of the same name; only invoiced AI lines are cost.
with final as (
    select
        person_id, month_key, entity, cost_center, work_country, worker_type, role_class, team, pay_component,
        'NONE' as cost_line_id, work_item_key, value_stream_id, component_id, currency_code,
        cast(minutes as bigint) as minutes, amount
    from {{ ref('int_pay__allocated') }}
    union all
    select
        person_id, month_key, entity, cost_center, work_country, worker_type, role_class, team, pay_component,
        cost_line_id, work_item_key, value_stream_id, component_id, currency_code,
        cast(minutes as bigint) as minutes, amount
    from {{ ref('int_ai__allocated') }}
    where price_basis = 'invoiced'
    union all
    select
        'NONE' as person_id, month_key, entity, cost_center, work_country, 'NONE' as worker_type,
        'NONE' as role_class, 'NONE' as team, pay_component,
        cost_line_id, work_item_key, value_stream_id, component_id, currency_code,
        cast(0 as bigint) as minutes, amount
    from {{ ref('int_other_costs__valued') }}
)

select * from final
