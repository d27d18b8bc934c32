-- The wait of finished items spread over the days of each visit by working time, with whom each visit waited for:
-- the first hand on the item at its end or after, else the last one before.
with waits as (
    select
        work_item_key,
        step,
        month_key,
        cast(lead_microseconds - process_microseconds as double) / lead_microseconds as wait_ratio
    from {{ ref('int_flow__item_steps') }}
    where month_key is not null and lead_microseconds > process_microseconds and step <> '(gap)'
),

visits as (
    select
        visits.work_item_key,
        visits.visit_number,
        visits.value_stream_id,
        visits.calendar_id,
        visits.step,
        waits.month_key,
        waits.wait_ratio,
        visits.start_clock,
        visits.end_clock,
        visits.started_at,
        visits.ended_at
    from {{ ref('int_flow__visits') }} as visits
    inner join waits
        on visits.work_item_key = waits.work_item_key and visits.step = waits.step
    where visits.lead_microseconds > 0
),

hands as (
    select
        visits.work_item_key,
        visits.visit_number,
        actors.person_id,
        row_number() over (
            partition by visits.work_item_key, visits.visit_number
            order by
                case when actors.event_at >= visits.ended_at then 0 else 1 end,
                case when actors.event_at >= visits.ended_at then actors.actor_number else -actors.actor_number end
        ) as choice
    from visits
    inner join {{ ref('int_flow__actors') }} as actors
        on visits.work_item_key = actors.work_item_key
),

final as (
    select
        visits.work_item_key,
        visits.visit_number,
        visits.value_stream_id,
        visits.month_key,
        visits.step,
        days.local_date,
        hands.person_id,
        {{ shared_span(
            'visits.start_clock', 'visits.end_clock', 'days.worked_before', 'days.worked_before + days.day_length'
        ) }} * visits.wait_ratio as wait_microseconds
    from visits
    inner join {{ ref('int_calendars__local_days') }} as days
        on
            visits.calendar_id = days.calendar_id
            and visits.started_at < days.ends_at
            and visits.ended_at > days.starts_at
    left join hands
        on
            visits.work_item_key = hands.work_item_key
            and visits.visit_number = hands.visit_number
            and hands.choice = 1
    where days.day_length > 0
)

select * from final
