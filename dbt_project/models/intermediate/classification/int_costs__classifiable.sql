{%- set columns = [
    'person_id', 'month_key', 'entity', 'cost_center', 'work_country', 'worker_type', 'role_class', 'team',
    'pay_component', 'cost_line_id', 'work_item_key', 'value_stream_id', 'component_id', 'currency_code',
] -%}
{{ config(materialized='view') }}

-- Every cost row with what may change its treatment: pay on the minutes that carry it, pay without minutes,
-- invoiced AI lines (only they are cost), other costs.
with carried as (
    select
        carriers.*,
        allocated.pay_component,
        'NONE' as cost_line_id,
        allocated.amount
    from {{ ref('int_pay__allocated') }} as allocated
    inner join {{ ref('int_pay__carriers') }} as carriers
        on allocated.carrier_number = carriers.carrier_number
),

uncarried as (
    select
        *,
        'NONE' as cost_line_id,
        'NO_CAPACITY' as work_item_key,
        'NONE' as value_stream_id,
        'NONE' as component_id,
        0 as minutes,
        cast(null as bigint) as carrier_number
    from {{ ref('int_pay__uncarried') }}
),

invoiced as (
    select
        *,
        cast(null as bigint) as carrier_number
    from {{ ref('int_ai__allocated') }}
    where price_basis = 'invoiced'
),

other as (
    select
        *,
        'NONE' as person_id,
        'NONE' as worker_type,
        'NONE' as role_class,
        'NONE' as team,
        0 as minutes,
        cast(null as bigint) as carrier_number
    from {{ ref('int_other_costs__valued') }}
),

final as (
    {%- for part in ['carried', 'uncarried', 'invoiced', 'other'] %}
        select
            {{ columns | join(', ') }},
            cast(minutes as bigint) as minutes,
            amount,
            carrier_number
        from {{ part }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final
