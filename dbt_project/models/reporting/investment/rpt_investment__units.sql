-- Cost and output of each stream over thirteen months, each as its own month showed the streams; a stream without
-- cost in a month hides nothing and stands by itself.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

shown as (
    select distinct
        month_key,
        value_stream_id,
        shown_stream_id
    from {{ ref('int_investments__celled') }}
),

final as (
    select
        coalesce(shown.shown_stream_id, units.value_stream_id) as value_stream_id,
        units.month_key,
        months.is_run_month,
        cast(sum(units.finished_count) as integer) as finished_count,
        cast(sum(units.deployment_count) as integer) as deployment_count,
        cast(sum(units.cost_amount) as decimal(18, 2)) as cost_amount,
        cast(sum(units.capex_amount) as decimal(18, 2)) as capex_amount,
        cast(sum(units.debt_amount) as decimal(18, 2)) as debt_amount,
        cast(sum(units.defect_amount) as decimal(18, 2)) as defect_amount,
        cast(sum(units.revenue_amount) as decimal(18, 2)) as revenue_amount
    from {{ ref('fct_stream_units') }} as units
    left join shown
        on units.month_key = shown.month_key and units.value_stream_id = shown.value_stream_id
    inner join {{ ref('dim_months') }} as months
        on units.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    group by coalesce(shown.shown_stream_id, units.value_stream_id), units.month_key, months.is_run_month
)

select * from final
