-- Streams whose map would mislead in a month: an item stood in a status that no workflow places.
with unplaced as (
    select
        items.value_stream_id,
        items.calendar_id,
        items.month_key as finished_month_key,
        intervals.work_item_key,
        intervals.status,
        intervals.started_at,
        least(coalesce(intervals.ended_at, items.until_at), items.until_at) as ended_at
    from {{ ref('int_status_intervals__placed') }} as intervals
    inner join {{ ref('int_flow__items') }} as items
        on intervals.work_item_key = items.work_item_key
    where intervals.kind = 'unmapped' and intervals.started_at <= items.until_at
),

final as (
    select
        unplaced.value_stream_id,
        months.month_key,
        min(unplaced.status) as status,
        cast(count(distinct {{ status_key('unplaced.status') }}) as integer) as status_count,
        cast(count(distinct unplaced.work_item_key) as integer) as item_count
    from unplaced
    inner join {{ ref('int_calendars__months') }} as months
        on
            unplaced.calendar_id = months.calendar_id
            and unplaced.started_at <= months.ends_at
            and unplaced.started_at < months.month_ends_at
            and (unplaced.ended_at >= months.starts_at or unplaced.finished_month_key = months.month_key)
    group by unplaced.value_stream_id, months.month_key
)

select * from final
