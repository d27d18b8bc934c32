with final as (
    select
        quantiles.quantile_number,
        quantiles.theta
    from {{ source('analysis', 'ai_theta_quantiles') }} as quantiles
    inner join {{ ref('dim_months') }} as months
        on quantiles.month_key = months.month_key and months.is_run_month
)

select * from final
