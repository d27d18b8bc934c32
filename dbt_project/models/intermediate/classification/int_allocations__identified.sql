{%- set columns = cost_row_grain() + ['pay_component', 'cost_line_id', 'currency_code', 'minutes', 'amount'] -%}

-- Every cost row with a number of its own: of what carries it and its pay component; what nothing carries is counted
-- downwards by its columns.
with components as (
    select
        pay_component,
        row_number() over (order by pay_component) as component_number
    from (
        select distinct pay_component from {{ ref('int_costs__classifiable') }}
        where carrier_number is not null
    ) as paid
),

numbered as (
    select
        costs.carrier_number * 1000 + components.component_number as allocation_id,
        costs.carrier_number,
        {{ 'costs.' ~ columns | join(', costs.') }}
    from {{ ref('int_costs__classifiable') }} as costs
    inner join components on costs.pay_component = components.pay_component
    where costs.carrier_number is not null
    union all
    select
        -row_number() over (
            order by
                month_key, entity, person_id, cost_center, work_country, worker_type, role_class, team,
                pay_component, cost_line_id, work_item_key, value_stream_id, component_id, minutes, amount
        ) as allocation_id,
        cast(null as bigint) as carrier_number,
        {{ columns | join(', ') }}
    from {{ ref('int_costs__classifiable') }}
    where carrier_number is null
),

final as (
    select
        cast(numbered.allocation_id as bigint) as allocation_id,
        numbered.carrier_number,
        {% for column in columns -%}
            numbered.{{ column }},
        {% endfor -%}
        case
            when numbered.currency_code = settings.reporting_currency then numbered.amount
            else {{ convert_money('numbered.amount', 'rates.rate', 'currencies.minor_digits') }}
        end as reporting_amount
    from numbered
    {{ with_reporting_rates('numbered') }}
)

select * from final
