-- The plan with what each month since its due date brought; the run month alone while it is not due.
with final as (
    select
        plans.*,
        months.is_run_month
    from {{ ref('fct_improvements') }} as plans
    inner join {{ ref('dim_months') }} as months
        on plans.month_key = months.month_key
)

select * from final
