-- Work in progress of a month: working time of all items in each step within the window, finished or not.
with windows as (
    select
        visits.work_item_key,
        visits.visit_number,
        visits.value_stream_id,
        visits.step,
        months.month_key,
        {{ shared_span('visits.start_clock', 'visits.end_clock', 'months.start_clock', 'months.end_clock') }}
            as lead_microseconds,
        visits.visit_number = 1 and visits.started_at >= months.starts_at as is_arrival,
        visits.ended_at > months.ends_at or (visits.ended_at = months.ends_at and visits.is_open) as is_at_end
    from {{ ref('int_flow__visits') }} as visits
    inner join {{ ref('int_calendars__months') }} as months
        on
            visits.calendar_id = months.calendar_id
            and visits.started_at < months.ends_at
            and visits.ended_at > months.starts_at
),

final as (
    select
        value_stream_id,
        month_key,
        step,
        cast(sum(lead_microseconds) as bigint) as lead_microseconds,
        cast(sum(case when is_arrival then 1 else 0 end) as integer) as arrival_count,
        cast(sum(case when is_at_end then 1 else 0 end) as integer) as end_count
    from windows
    group by value_stream_id, month_key, step
)

select * from final
