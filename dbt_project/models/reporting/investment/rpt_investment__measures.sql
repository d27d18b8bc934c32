-- Measures of delivery and flow over thirteen months.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select
        metrics.scope,
        metrics.month_key,
        metrics.metric,
        metrics.flow_type,
        metrics.unit,
        metrics.numerator,
        metrics.denominator,
        metrics.value,
        metrics.low,
        metrics.high,
        metrics.is_provisional,
        months.is_run_month
    from {{ ref('fct_delivery_metrics') }} as metrics
    inner join {{ ref('dim_months') }} as months
        on metrics.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
)

select * from final
