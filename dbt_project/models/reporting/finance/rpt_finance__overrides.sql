-- Overrides of the run month: who asked, who approved, what they decided.
with decided as (
    select
        costs.override_id,
        sum(costs.reporting_amount) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months
        on costs.month_key = months.month_key and months.is_run_month
    group by costs.override_id
),

final as (
    select
        overrides.override_id,
        overrides.work_item_key,
        overrides.component_id,
        overrides.treatment,
        overrides.reason,
        overrides.requested_by,
        overrides.approved_by,
        cast(coalesce(decided.amount, 0) as decimal(18, 2)) as amount,
        overrides.approved_date
    from {{ ref('int_overrides__listed') }} as overrides
    inner join {{ ref('dim_months') }} as months
        on months.is_run_month
    left join decided on overrides.override_id = decided.override_id
    where overrides.month_key is null or overrides.month_key = months.month_key
)

select * from final
