-- The summary box of a value stream's map; times and ratios are null where the map is withheld.
with windows as (
    select
        streams.value_stream_id,
        streams.calendar_id,
        months.month_key,
        withheld.month_key is not null as is_withheld,
        withheld.status as withheld_status,
        months.end_clock - months.start_clock as window_microseconds
    from {{ ref('int_calendars__streams') }} as streams
    inner join {{ ref('int_calendars__months') }} as months
        on streams.calendar_id = months.calendar_id
    left join {{ ref('int_flow__withheld') }} as withheld
        on streams.value_stream_id = withheld.value_stream_id and months.month_key = withheld.month_key
),

finished as (
    select
        value_stream_id,
        month_key,
        count(*) as finished_count,
        sum(case when is_measured then 1 else 0 end) as measured_count,
        sum(case when has_activity then 1 else 0 end) as with_activity_count,
        {{ order_free_mean('lead_hours') }} as lead_hours_mean,
        {{ quantile_of('lead_hours', 0.5) }} as lead_hours_p50,
        {{ quantile_of('lead_hours', 0.85) }} as lead_hours_p85,
        {{ quantile_of('lead_hours', 0.95) }} as lead_hours_p95,
        {{ order_free_mean('calendar_days') }} as calendar_days_mean,
        {{ order_free_mean('process_hours') }} as process_hours_mean,
        {{ order_free_sum('lead_hours') }} as lead_hours,
        {{ order_free_sum('lead_hours - gap_hours') }} as step_hours,
        {{ order_free_sum('process_hours') }} as process_hours,
        {{ order_free_sum('rework_hours') }} as rework_hours,
        avg(cast(handoff_count as double)) as handoff_count_mean,
        sum(rework_count) as rework_count
    from {{ ref('fct_flow_items') }}
    group by value_stream_id, month_key
),

steps as (
    select
        value_stream_id,
        month_key,
        exp({{ order_free_sum('case when complete_accurate_ratio > 0 then ln(complete_accurate_ratio) else 0 end') }})
        * min(case when complete_accurate_ratio = 0 then 0 else 1 end) as rolled_complete_accurate_ratio,
        exp({{ order_free_sum(
            'case when visit_complete_accurate_ratio > 0 then ln(visit_complete_accurate_ratio) else 0 end'
        ) }})
        * min(case when visit_complete_accurate_ratio = 0 then 0 else 1 end) as rolled_visit_complete_accurate_ratio,
        {{ order_free_sum("case when step <> '(gap)' then wip_average else 0 end") }} as wip_average,
        sum(case when step <> '(gap)' then wip_end_count else 0 end) as wip_end_count,
        sum(arrival_count) as arrival_count,
        sum(cost_amount) as cost_amount,
        sum(rework_cost_amount) as rework_cost_amount
    from {{ ref('fct_flow_steps') }}
    group by value_stream_id, month_key
),

final as (
    select
        windows.value_stream_id,
        windows.month_key,
        windows.calendar_id,
        windows.withheld_status,
        cast(coalesce(finished.finished_count, 0) as integer) as finished_count,
        cast(coalesce(finished.measured_count, 0) as integer) as measured_count,
        cast(coalesce(finished.with_activity_count, 0) as integer) as with_activity_count,
        cast(coalesce(steps.arrival_count, 0) as integer) as arrival_count,
        cast(coalesce(steps.wip_end_count, 0) as integer) as wip_end_count,
        cast(coalesce(finished.rework_count, 0) as integer) as rework_count,
        {{ hours_of('windows.window_microseconds') }} as working_hours,
        {%- for column in [
            'lead_hours_mean', 'lead_hours_p50', 'lead_hours_p85', 'lead_hours_p95', 'calendar_days_mean',
            'process_hours_mean', 'rework_hours', 'handoff_count_mean',
        ] %}
            case when not windows.is_withheld then finished.{{ column }} end as {{ column }},
        {%- endfor %}
        case when not windows.is_withheld then finished.process_hours / nullif(finished.lead_hours, 0) end
            as activity_ratio,
        case when finished.finished_count > 0 then steps.rolled_complete_accurate_ratio end
            as rolled_complete_accurate_ratio,
        case when finished.finished_count > 0 then steps.rolled_visit_complete_accurate_ratio end
            as rolled_visit_complete_accurate_ratio,
        case when not windows.is_withheld then steps.wip_average end as wip_average,
        case
            when not windows.is_withheld
                then finished.step_hours / nullif({{ hours_of('windows.window_microseconds') }}, 0)
        end as expected_wip_average,
        {{ hours_of('windows.window_microseconds') }} / nullif(steps.arrival_count, 0) as takt_hours,
        cast(coalesce(steps.cost_amount, 0) as decimal(18, 2)) as cost_amount,
        cast(coalesce(steps.rework_cost_amount, 0) as decimal(18, 2)) as rework_cost_amount,
        settings.reporting_currency as currency_code,
        windows.is_withheld
    from windows
    cross join {{ source('company', 'settings') }} as settings
    left join finished
        on windows.value_stream_id = finished.value_stream_id and windows.month_key = finished.month_key
    left join steps
        on windows.value_stream_id = steps.value_stream_id and windows.month_key = steps.month_key
)

select * from final
