-- Cost by category over thirteen months, each as its own month showed it.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select
        costs.month_key,
        cells.shown_category as category,
        cast(sum(costs.reporting_amount) as decimal(18, 2)) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months
        on costs.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    inner join {{ ref('int_investments__celled') }} as cells
        on
            costs.month_key = cells.month_key
            and costs.value_stream_id = cells.value_stream_id
            and costs.category = cells.category
    group by costs.month_key, cells.shown_category
)

select * from final
