-- What the levers of the plan would have done to the finished items of the run month, by simulation.
with final as (
    select
        forecasts.value_stream_id,
        forecasts.month_key,
        forecasts.lever_summary,
        forecasts.item_count,
        forecasts.draw_count,
        forecasts.seed,
        forecasts.lead_hours_mean_now,
        forecasts.lead_hours_mean_after,
        forecasts.lead_hours_p50_now,
        forecasts.lead_hours_p85_now,
        forecasts.lead_hours_p95_now,
        forecasts.lead_hours_p50_after,
        forecasts.lead_hours_p85_after,
        forecasts.lead_hours_p95_after,
        forecasts.difference_low,
        forecasts.difference_high,
        forecasts.target_hours,
        forecasts.target_chance
    from {{ source('analysis', 'flow_forecasts') }} as forecasts
    inner join {{ ref('dim_months') }} as months
        on forecasts.month_key = months.month_key
    where months.is_run_month
)

select * from final
