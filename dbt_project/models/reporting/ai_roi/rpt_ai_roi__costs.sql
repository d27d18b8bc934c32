-- What the tools cost over the months since the first start, by category and price basis.
with final as (
    select
        costs.category,
        costs.price_basis,
        cast(sum(case when windows.is_run_month then costs.amount else 0 end) as decimal(18, 2)) as month_amount,
        cast(sum(costs.amount) as decimal(18, 2)) as window_amount,
        costs.is_counted
    from {{ ref('int_ai__cost_lines') }} as costs
    inner join {{ ref('int_ai__window_months') }} as windows
        on costs.month_key = windows.month_key
    group by costs.category, costs.price_basis, costs.is_counted
)

select * from final
