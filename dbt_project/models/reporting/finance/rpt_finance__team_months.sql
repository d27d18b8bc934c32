-- Cost of the run month and the six before it by team, in reporting currency.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select
        costs.month_key,
        costs.team,
        cast(sum(case when costs.treatment = 'capex' then costs.reporting_amount else 0 end) as decimal(18, 2))
            as capex_amount,
        cast(sum(case when costs.treatment = 'opex' then costs.reporting_amount else 0 end) as decimal(18, 2))
            as opex_amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months
        on costs.month_key = months.month_key
    inner join run_month
        on
            months.month_index > run_month.month_index - 7
            and months.month_index <= run_month.month_index
    group by costs.month_key, costs.team
)

select * from final
