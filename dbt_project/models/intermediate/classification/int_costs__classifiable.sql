{{ config(materialized='view') }}

-- Every cost row, from the layer below the mart of the same rows; only invoiced AI lines are cost.
with carried as (
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
        carriers.currency_code,
        carriers.minutes,
        allocated.amount
    from {{ ref('int_pay__allocated') }} as allocated
    inner join {{ ref('int_pay__carriers') }} as carriers
        on allocated.carrier_number = carriers.carrier_number
),

uncarried as (
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
        currency_code,
        0 as minutes,
        amount
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
        currency_code,
        minutes,
        amount
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
        currency_code,
        0 as minutes,
        amount
    from {{ ref('int_other_costs__valued') }}
),

costs as (
    select * from carried
    union all
    select * from uncarried
    union all
    select * from ai
    union all
    select * from other
),

final as (
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
        currency_code,
        cast(minutes as bigint) as minutes,
        amount
    from costs
)

select * from final
