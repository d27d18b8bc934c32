-- Items of the month that changed between the day of the work and the close, with what their work cost.
with costs as (
    select
        allocations.work_item_key,
        sum(allocations.reporting_amount) as amount
    from {{ ref('fct_cost_allocations') }} as allocations
    inner join {{ ref('dim_months') }} as months
        on allocations.month_key = months.month_key and months.is_run_month
    group by allocations.work_item_key
),

final as (
    select
        differences.work_item_key,
        items.title,
        items.url,
        differences.field,
        differences.value_on_day,
        differences.value_at_close,
        differences.minutes,
        differences.person_count,
        cast(coalesce(costs.amount, 0) as decimal(18, 2)) as amount,
        differences.first_date,
        differences.last_date
    from {{ ref('fct_state_differences') }} as differences
    inner join {{ ref('dim_months') }} as months
        on differences.month_key = months.month_key and months.is_run_month
    left join {{ ref('dim_work_items') }} as items
        on differences.work_item_key = items.work_item_key
    left join costs
        on differences.work_item_key = costs.work_item_key
)

select * from final
