-- Revenue of the company over thirteen months: its own line where there is one, else the sum of its streams.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select
        revenue.month_key,
        cast(coalesce(
            sum(case when revenue.value_stream_id = 'COMPANY' then revenue.amount end), sum(revenue.amount)
        ) as decimal(18, 2)) as revenue_amount
    from {{ ref('int_revenue__converted') }} as revenue
    inner join {{ ref('dim_months') }} as months
        on revenue.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    group by revenue.month_key
)

select * from final
