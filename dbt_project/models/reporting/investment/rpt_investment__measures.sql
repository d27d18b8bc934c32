-- Measures of delivery and flow over thirteen months, with the answer that DORA's survey would have got: 1 for more
-- than half a year to 6 for under an hour, frequency from under twice a year to on demand (several times a day).
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
        case
            when metrics.value is null then null
            when metrics.metric in ('change_lead_time_p50', 'failed_deployment_recovery_p50')
                then case
                    when metrics.value > 4380 then 1
                    when metrics.value > 730 then 2
                    when metrics.value > 168 then 3
                    when metrics.value > 24 then 4
                    when metrics.value > 1 then 5
                    else 6
                end
            when metrics.metric = 'deployment_frequency' and metrics.value > 0
                then case
                    when metrics.value * 260 < 2 then 1
                    when metrics.value * 260 < 12 then 2
                    when metrics.value * 260 < 52 then 3
                    when metrics.value < 1 then 4
                    when metrics.value < 8 then 5
                    else 6
                end
        end as survey_band,
        metrics.is_provisional,
        months.is_run_month
    from {{ ref('fct_delivery_metrics') }} as metrics
    inner join {{ ref('dim_months') }} as months
        on metrics.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
)

select * from final
