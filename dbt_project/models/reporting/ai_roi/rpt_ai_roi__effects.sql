with final as (
    select effects.*
    from {{ ref('fct_ai_effects') }} as effects
    inner join {{ ref('dim_months') }} as months
        on effects.month_key = months.month_key and months.is_run_month
)

select * from final
