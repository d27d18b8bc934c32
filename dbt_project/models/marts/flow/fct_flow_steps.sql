-- Finished items give the times, all items the work in progress, the ledger the cost; a withheld map has cost only.
with windows as (
    select
        streams.value_stream_id,
        months.month_key,
        months.end_clock - months.start_clock as window_microseconds
    from {{ ref('int_calendars__streams') }} as streams
    inner join {{ ref('int_calendars__months') }} as months
        on streams.calendar_id = months.calendar_id
    left join {{ ref('int_flow__withheld') }} as withheld
        on streams.value_stream_id = withheld.value_stream_id and months.month_key = withheld.month_key
    where withheld.month_key is null
),

finished as (
    select
        steps.*,
        {{ hours_of('steps.lead_microseconds') }} as lead_hours
    from {{ ref('int_flow__item_steps') }} as steps
    inner join {{ ref('int_flow__items') }} as items
        on steps.work_item_key = items.work_item_key
    where items.is_finished
),

cohorts as (
    select
        value_stream_id,
        month_key,
        count(distinct work_item_key) as finished_count
    from finished
    group by value_stream_id, month_key
),

timed as (
    select
        value_stream_id,
        month_key,
        step,
        min(step_order) as step_order,
        min(kind) as kind,
        count(*) as item_count,
        sum(visit_count) as visit_count,
        sum(lead_microseconds) as lead_microseconds,
        sum(process_microseconds) as process_microseconds,
        sum(rework_microseconds) as rework_microseconds,
        {{ quantile_of('lead_hours', 0.5) }} as lead_hours_p50,
        {{ quantile_of('lead_hours', 0.85) }} as lead_hours_p85,
        {{ quantile_of('lead_hours', 0.95) }} as lead_hours_p95,
        sum(case when departure_count > 0 then 1 else 0 end) as departed_item_count,
        sum(case when departure_count > 0 and is_returned then 1 else 0 end) as returned_item_count,
        sum(departure_count) as departure_count,
        sum(return_count) as return_count,
        sum(case when process_basis = 'whole_step' then 1 else 0 end) as whole_step_count
    from finished
    group by value_stream_id, month_key, step
),

step_keys as (
    select
        value_stream_id,
        month_key,
        step
    from timed
    union distinct
    select
        value_stream_id,
        month_key,
        step
    from {{ ref('int_flow__month_steps') }}
),

keys as (
    select
        step_keys.value_stream_id,
        step_keys.month_key,
        step_keys.step
    from step_keys
    inner join windows
        on step_keys.value_stream_id = windows.value_stream_id and step_keys.month_key = windows.month_key
    union distinct
    select
        value_stream_id,
        month_key,
        step
    from {{ ref('fct_flow_step_costs') }}
),

-- Demand is what entered the stream, wherever it entered it.
arrivals as (
    select
        value_stream_id,
        month_key,
        sum(arrival_count) as arrival_count
    from {{ ref('int_flow__month_steps') }}
    group by value_stream_id, month_key
),

places as (
    select
        step,
        min(step_order) as step_order,
        min(kind) as kind
    from {{ source('company', 'workflow_statuses') }}
    where step is not null
    group by step
),

computed as (
    select
        keys.value_stream_id,
        keys.month_key,
        keys.step,
        case
            when keys.step = '(gap)' then 9998
            when keys.step = '(outside the map)' then 9999
            else cast(coalesce(timed.step_order, places.step_order) as integer)
        end as step_order,
        coalesce(places.kind, 'none') as kind,
        cast(coalesce(cohorts.finished_count, 0) as integer) as finished_count,
        cast(coalesce(timed.item_count, 0) as integer) as item_count,
        cast(coalesce(timed.visit_count, 0) as integer) as visit_count,
        {{ hours_of('coalesce(timed.lead_microseconds, 0)') }} / cohorts.finished_count as lead_hours_mean,
        timed.lead_hours_p50,
        timed.lead_hours_p85,
        timed.lead_hours_p95,
        {{ hours_of('coalesce(timed.process_microseconds, 0)') }} / cohorts.finished_count as process_hours_mean,
        {{ hours_of('coalesce(timed.lead_microseconds, 0) - coalesce(timed.process_microseconds, 0)') }}
        / cohorts.finished_count as wait_hours_mean,
        {{ hours_of('coalesce(timed.rework_microseconds, 0)') }} as rework_hours,
        1 - cast(timed.returned_item_count as double) / nullif(timed.departed_item_count, 0)
            as complete_accurate_ratio,
        1 - cast(timed.return_count as double) / nullif(timed.departure_count, 0) as visit_complete_accurate_ratio,
        cast(coalesce(timed.departed_item_count, 0) as integer) as departed_item_count,
        cast(coalesce(timed.returned_item_count, 0) as integer) as returned_item_count,
        cast(coalesce(timed.departure_count, 0) as integer) as departure_count,
        cast(coalesce(timed.return_count, 0) as integer) as return_count,
        cast(coalesce(timed.whole_step_count, 0) as integer) as whole_step_count,
        cast(coalesce(progress.lead_microseconds, 0) as double) / nullif(windows.window_microseconds, 0) as wip_average,
        cast(coalesce(progress.end_count, 0) as integer) as wip_end_count,
        cast(coalesce(progress.arrival_count, 0) as integer) as arrival_count,
        people.person_count,
        arrivals.arrival_count * {{ hours_of('coalesce(timed.process_microseconds, 0)') }} / cohorts.finished_count
        / nullif(people.person_count * {{ hours_of('windows.window_microseconds') }}, 0) as load_ratio,
        cast(coalesce(costs.cost_amount, 0) as decimal(18, 2)) as cost_amount,
        cast(coalesce(costs.rework_cost_amount, 0) as decimal(18, 2)) as rework_cost_amount,
        settings.reporting_currency as currency_code,
        windows.month_key is null as is_withheld
    from keys
    cross join {{ source('company', 'settings') }} as settings
    left join windows
        on keys.value_stream_id = windows.value_stream_id and keys.month_key = windows.month_key
    left join cohorts
        on windows.value_stream_id = cohorts.value_stream_id and windows.month_key = cohorts.month_key
    left join timed
        on
            windows.value_stream_id = timed.value_stream_id
            and windows.month_key = timed.month_key
            and keys.step = timed.step
    left join {{ ref('int_flow__month_steps') }} as progress
        on
            windows.value_stream_id = progress.value_stream_id
            and windows.month_key = progress.month_key
            and keys.step = progress.step
    left join {{ ref('fct_flow_step_costs') }} as costs
        on
            keys.value_stream_id = costs.value_stream_id
            and keys.month_key = costs.month_key
            and keys.step = costs.step
    left join arrivals
        on windows.value_stream_id = arrivals.value_stream_id and windows.month_key = arrivals.month_key
    left join {{ ref('fct_flow_step_people') }} as people
        on
            windows.value_stream_id = people.value_stream_id
            and windows.month_key = people.month_key
            and keys.step = people.step
    left join places
        on keys.step = places.step
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
