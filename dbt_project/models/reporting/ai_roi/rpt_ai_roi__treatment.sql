-- How the cost of the tools is treated in the books of the month, and by which rule.
with final as (
    select
        costs.pay_component,
        costs.treatment,
        costs.rule_id,
        costs.policy_id,
        cast(sum(costs.reporting_amount) as decimal(18, 2)) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months
        on costs.month_key = months.month_key and months.is_run_month
    where costs.pay_component like 'ai_%'
    group by costs.pay_component, costs.treatment, costs.rule_id, costs.policy_id
)

select * from final
