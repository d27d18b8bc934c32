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
        coalesce(overrides.work_item_key, 'NONE') as work_item_key,
        coalesce(overrides.component_id, 'NONE') as component_id,
        overrides.treatment,
        overrides.reason,
        overrides.requested_by,
        overrides.approved_by,
        cast(coalesce(decided.amount, 0) as decimal(18, 2)) as amount,
        cast(overrides.approved_at as date) as approved_date
    from {{ source('company', 'overrides') }} as overrides
    inner join {{ ref('dim_months') }} as months
        on months.is_run_month
    left join decided on overrides.override_id = decided.override_id
    where overrides.month is null or overrides.month = months.month_key
)

select * from final
