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
    where value_stream_id <> 'COMPANY'
    group by value_stream_id, month_key
),

-- What was finished, deployed or earned without a cost in the month stays in sight.
keys as (
    {%- for relation in ['costs', 'finished', 'deployed', 'earned'] %}
        select
            value_stream_id,
            month_key
        from {{ relation }}
        {% if not loop.last -%} union distinct {%- endif %}
    {%- endfor %}
),

final as (
    select
        keys.value_stream_id,
        keys.month_key,
        settings.reporting_currency as currency_code,
        cast(coalesce(finished.finished_count, 0) as integer) as finished_count,
        cast(coalesce(deployed.deployment_count, 0) as integer) as deployment_count,
        cast(coalesce(costs.cost_amount, 0) as decimal(18, 2)) as cost_amount,
        cast(coalesce(costs.capex_amount, 0) as decimal(18, 2)) as capex_amount,
        cast(coalesce(costs.debt_amount, 0) as decimal(18, 2)) as debt_amount,
        cast(coalesce(costs.defect_amount, 0) as decimal(18, 2)) as defect_amount,
        cast(earned.revenue_amount as decimal(18, 2)) as revenue_amount
    from keys
    inner join {{ source('company', 'months') }} as months
        on keys.month_key = months.month_key
    cross join {{ source('company', 'settings') }} as settings
    {%- for relation in ['costs', 'finished', 'deployed', 'earned'] %}
        left join {{ relation }}
            on keys.value_stream_id = {{ relation }}.value_stream_id and keys.month_key = {{ relation }}.month_key
    {%- endfor %}
)

select * from final
