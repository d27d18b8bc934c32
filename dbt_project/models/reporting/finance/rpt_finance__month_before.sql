-- Hours and cost of the month before the run month, by stream and component, in reporting currency; minutes stand once
-- for each piece of work, on its first pay component.
with before as (
    select months.month_key
    from {{ ref('dim_months') }} as months
    inner join {{ ref('dim_months') }} as run_month
        on run_month.is_run_month and months.month_index = run_month.month_index - 1
),

costs as (
    select
        capitalization.value_stream_id,
        capitalization.component_id,
        capitalization.treatment,
        capitalization.minutes,
        capitalization.reporting_amount,
        {{ pay_rank('capitalization') }} as pay_rank
    from {{ ref('fct_capitalization') }} as capitalization
    inner join before
        on capitalization.month_key = before.month_key
),

final as (
    select
        value_stream_id,
        component_id,
        cast(sum(case when pay_rank = 1 then minutes else 0 end) as bigint) as minutes,
        cast(sum(case when treatment = 'capex' then reporting_amount else 0 end) as decimal(18, 2)) as capex_amount,
        cast(sum(case when treatment = 'opex' then reporting_amount else 0 end) as decimal(18, 2)) as opex_amount
    from costs
    group by value_stream_id, component_id
)

select * from final
