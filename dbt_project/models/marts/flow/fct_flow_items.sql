with steps as (
    select
        work_item_key,
        sum(visit_count) as visit_count,
        sum(lead_microseconds) as lead_microseconds,
        sum(process_microseconds) as process_microseconds,
        sum(clock_microseconds) as clock_microseconds,
        sum(rework_microseconds) as rework_microseconds,
        sum(return_count) as rework_count,
        sum(case when step = '(gap)' then lead_microseconds else 0 end) as gap_microseconds,
        max(case when process_basis in ('run', 'entry', 'session') then 1 else 0 end) = 1 as has_activity
    from {{ ref('int_flow__item_steps') }}
    group by work_item_key
),

bounds as (
    select
        work_item_key,
        min(started_at) as started_at
    from {{ ref('int_flow__visits') }}
    group by work_item_key
),

final as (
    select
        items.work_item_key,
        items.value_stream_id,
        items.calendar_id,
        items.month_key,
        items.flow_type,
        {{ hours_of('steps.lead_microseconds') }} as lead_hours,
        {{ hours_of('steps.process_microseconds') }} as process_hours,
        {{ hours_of('steps.lead_microseconds - steps.process_microseconds') }} as wait_hours,
        {{ hours_of('steps.rework_microseconds') }} as rework_hours,
        {{ hours_of('steps.gap_microseconds') }} as gap_hours,
        {{ hours_of('steps.clock_microseconds') }} / 24 as calendar_days,
        coalesce(handoffs.handoff_count, 0) as handoff_count,
        coalesce(handoffs.team_handoff_count, 0) as team_handoff_count,
        cast(coalesce(steps.rework_count, 0) as integer) as rework_count,
        cast(coalesce(steps.visit_count, 0) as integer) as visit_count,
        items.collapsed_count,
        steps.work_item_key is not null as is_measured,
        coalesce(steps.has_activity, false) as has_activity,
        items.is_bulk_ended,
        bounds.started_at,
        items.completed_at
    from {{ ref('int_flow__items') }} as items
    left join steps
        on items.work_item_key = steps.work_item_key
    left join bounds
        on items.work_item_key = bounds.work_item_key
    left join {{ ref('int_flow__handoffs') }} as handoffs
        on items.work_item_key = handoffs.work_item_key
    where items.is_finished
)

select * from final
