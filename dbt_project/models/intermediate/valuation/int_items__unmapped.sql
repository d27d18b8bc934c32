-- Work that no rule maps to a value stream, with its minutes and its cost.
with minutes as (
    select
        month_key,
        work_item_key,
        sum(minutes) as minutes
    from {{ ref('fct_effort_days') }}
    where value_stream_id = 'NONE' and evidence_tier not in ('L', 'T6')
    group by month_key, work_item_key
),

costs as (
    select
        month_key,
        work_item_key,
        sum(reporting_amount) as reporting_amount
    from {{ ref('fct_cost_allocations') }}
    where value_stream_id = 'NONE'
    group by month_key, work_item_key
),

final as (
    select
        minutes.month_key,
        minutes.work_item_key,
        cast(minutes.minutes as bigint) as minutes,
        cast(coalesce(costs.reporting_amount, 0) as decimal(18, 2)) as reporting_amount
    from minutes
    left join costs
        on minutes.month_key = costs.month_key and minutes.work_item_key = costs.work_item_key
)

select * from final
