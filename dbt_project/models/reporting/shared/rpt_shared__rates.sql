with final as (
    select distinct
        closed.currency_code,
        closed.closing_rate
    from {{ ref('int_fx__closed') }} as closed
    inner join {{ ref('dim_months') }} as months
        on closed.month_key = months.month_key and months.is_run_month
    inner join {{ ref('int_policies__applied') }} as applied
        on closed.month_key = applied.month_key and closed.currency_code = applied.currency_code
)

select * from final
