-- Every cent of pay, AI and other cost on the work that it paid for.
with pay as (
    select
        carriers.person_id,
        carriers.month_key,
        carriers.entity,
        carriers.cost_center,
        carriers.work_country,
        carriers.worker_type,
        carriers.role_class,
        carriers.team,
        allocated.pay_component,
        'NONE' as cost_line_id,
        carriers.work_item_key,
        carriers.value_stream_id,
        carriers.component_id,
        carriers.minutes,
        allocated.amount,
        carriers.currency_code
    from {{ ref('int_pay__allocated') }} as allocated
    inner join {{ ref('int_pay__carriers') }} as carriers
        on allocated.carrier_number = carriers.carrier_number
    union all
    select
        person_id,
        month_key,
        entity,
        cost_center,
        work_country,
        worker_type,
        role_class,
        team,
        pay_component,
        'NONE' as cost_line_id,
        'NO_CAPACITY' as work_item_key,
        'NONE' as value_stream_id,
        'NONE' as component_id,
        0 as minutes,
        amount,
        currency_code
    from {{ ref('int_pay__uncarried') }}
),

ai as (
    select
        person_id,
        month_key,
        entity,
        cost_center,
        work_country,
        worker_type,
        role_class,
        team,
        pay_component,
        cost_line_id,
        work_item_key,
        value_stream_id,
        component_id,
        minutes,
        amount,
        currency_code
    from {{ ref('int_ai__allocated') }}
    where price_basis = 'invoiced'
),

other as (
    select
        'NONE' as person_id,
        month_key,
        entity,
        cost_center,
        work_country,
        'NONE' as worker_type,
        'NONE' as role_class,
        'NONE' as team,
        pay_component,
        cost_line_id,
        work_item_key,
        value_stream_id,
        component_id,
        0 as minutes,
        amount,
        currency_code
    from {{ ref('int_other_costs__valued') }}
),

costs as (
    select * from pay
    union all
    select * from ai
    union all
    select * from other
),

computed as (
    select
        costs.person_id,
        costs.month_key,
        costs.entity,
        costs.cost_center,
        costs.work_country,
        costs.worker_type,
        costs.role_class,
        costs.team,
        costs.pay_component,
        costs.cost_line_id,
        costs.work_item_key,
        costs.value_stream_id,
        costs.component_id,
        costs.currency_code,
        cast(costs.minutes as bigint) as minutes,
        costs.amount,
        case
            when costs.currency_code = settings.reporting_currency then costs.amount
            else {{ convert_money('costs.amount', 'rates.rate', 'currencies.minor_digits') }}
        end as reporting_amount
    from costs
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ source('company', 'currencies') }} as currencies
        on settings.reporting_currency = currencies.currency_code
    left join {{ ref('int_fx__averages') }} as rates
        on
            costs.month_key = rates.month_key
            and costs.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
