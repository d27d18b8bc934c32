with final as (
    select
        checks.check_id,
        checks.area,
        checks.description,
        checks.severity,
        checks.status,
        checks.detail,
        checks.left_value,
        checks.right_value,
        checks.difference,
        checks.tolerance
    from {{ ref('fct_checks') }} as checks
    inner join {{ ref('dim_months') }} as months
        on checks.month_key = months.month_key and months.is_run_month
)

select * from final
