-- What each value stream cost by month beside what came out of it. Debt is work on refactoring, maintenance, removal.
with costs as (
    select
        value_stream_id,
        month_key,
        sum(reporting_amount) as cost_amount,
        sum(case when treatment = 'capex' then reporting_amount else 0 end) as capex_amount,
        sum(case when activity in ('refactoring', 'maintenance', 'removal') then reporting_amount else 0 end)
            as debt_amount,
        sum(case when activity = 'defect' then reporting_amount else 0 end) as defect_amount
    from {{ ref('fct_capitalization') }}
    group by value_stream_id, month_key
),

finished as (
    select
        value_stream_id,
        month_key,
        count(*) as finished_count
    from {{ ref('fct_flow_items') }}
    where month_key is not null
    group by value_stream_id, month_key
),

deployed as (
    select
        value_stream_id,
        month_key,
        count(*) as deployment_count
    from {{ ref('fct_deployments') }}
    where status = 'success'
    group by value_stream_id, month_key
),

earned as (
    select
        value_stream_id,
        month_key,
        sum(amount) as revenue_amount
    from {{ ref('int_revenue__converted') }}
    group by value_stream_id, month_key
),

final as (
    select
        costs.value_stream_id,
        costs.month_key,
        settings.reporting_currency as currency_code,
        cast(coalesce(finished.finished_count, 0) as integer) as finished_count,
        cast(coalesce(deployed.deployment_count, 0) as integer) as deployment_count,
        cast(costs.cost_amount as decimal(18, 2)) as cost_amount,
        cast(costs.capex_amount as decimal(18, 2)) as capex_amount,
        cast(costs.debt_amount as decimal(18, 2)) as debt_amount,
        cast(costs.defect_amount as decimal(18, 2)) as defect_amount,
        cast(earned.revenue_amount as decimal(18, 2)) as revenue_amount
    from costs
    cross join {{ source('company', 'settings') }} as settings
    left join finished
        on costs.value_stream_id = finished.value_stream_id and costs.month_key = finished.month_key
    left join deployed
        on costs.value_stream_id = deployed.value_stream_id and costs.month_key = deployed.month_key
    left join earned
        on costs.value_stream_id = earned.value_stream_id and costs.month_key = earned.month_key
)

select * from final
