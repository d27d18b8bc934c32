-- The closing rate of every functional currency in the run month; empty where no rate was given (check AST-RATES).
with final as (
    select distinct
        applied.currency_code,
        closed.closing_rate
    from {{ ref('int_policies__applied') }} as applied
    inner join {{ ref('dim_months') }} as months
        on applied.month_key = months.month_key and months.is_run_month
    left join {{ ref('int_fx__closed') }} as closed
        on applied.month_key = closed.month_key and applied.currency_code = closed.currency_code
)

select * from final
