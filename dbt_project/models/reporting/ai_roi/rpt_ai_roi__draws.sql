with final as (
    select
        draws.draw_number,
        draws.theta,
        draws.rate_lesser,
        draws.rate_greater,
        draws.share_lesser,
        draws.share_greater,
        draws.cost_lesser,
        draws.cost_greater
    from {{ source('analysis', 'ai_draws') }} as draws
    inner join {{ ref('dim_months') }} as months
        on draws.month_key = months.month_key and months.is_run_month
)

select * from final
