-- Cost by category over thirteen months; this month stands on the sheet itself.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select
        costs.month_key,
        costs.category,
        cast(sum(costs.reporting_amount) as decimal(18, 2)) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months
        on costs.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    group by costs.month_key, costs.category
)

select * from final
