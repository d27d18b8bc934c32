-- Summary of each stream's map over thirteen months; cost where the stream is shown by itself.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

shown as (
    select distinct
        month_key,
        value_stream_id
    from {{ ref('int_investments__celled') }}
    where value_stream_id = shown_stream_id
),

final as (
    select
        streams.value_stream_id,
        streams.month_key,
        coalesce(names.value_stream_name, streams.value_stream_id) as value_stream_name,
        streams.calendar_id,
        streams.withheld_status,
        streams.finished_count,
        streams.measured_count,
        streams.with_activity_count,
        streams.arrival_count,
        streams.wip_end_count,
        streams.rework_count,
        streams.working_hours,
        streams.lead_hours_mean,
        streams.lead_hours_p50,
        streams.lead_hours_p85,
        streams.lead_hours_p95,
        streams.calendar_days_mean,
        streams.process_hours_mean,
        streams.rework_hours,
        streams.handoff_count_mean,
        streams.activity_ratio,
        streams.rolled_complete_accurate_ratio,
        streams.wip_average,
        streams.expected_wip_average,
        streams.takt_hours,
        case when shown.value_stream_id is not null then streams.cost_amount end as cost_amount,
        case when shown.value_stream_id is not null then streams.rework_cost_amount end as rework_cost_amount,
        streams.is_withheld,
        months.is_run_month
    from {{ ref('fct_flow_streams') }} as streams
    inner join {{ ref('dim_months') }} as months
        on streams.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    left join {{ ref('dim_value_streams') }} as names
        on streams.value_stream_id = names.value_stream_id
    left join shown
        on streams.value_stream_id = shown.value_stream_id and streams.month_key = shown.month_key
)

select * from final
