-- Budget and forecast of the fiscal year's months, in reporting currency; a plan for all streams is COMPANY.
with planned as (
    select * from {{ ref('int_plans__converted') }}
),

final as (
    select
        planned.month_key,
        planned.value_stream_id,
        cast(sum(case when planned.plan = 'budget' then planned.amount end) as decimal(18, 2)) as budget_amount,
        cast(sum(case when planned.plan = 'forecast' then planned.amount end) as decimal(18, 2)) as forecast_amount
    from planned
    inner join {{ ref('dim_months') }} as months
        on planned.month_key = months.month_key
    inner join {{ ref('dim_months') }} as run_month
        on run_month.is_run_month and months.fiscal_year = run_month.fiscal_year
    group by planned.month_key, planned.value_stream_id
)

select * from final
