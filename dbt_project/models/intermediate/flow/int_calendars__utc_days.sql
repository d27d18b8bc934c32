-- Where a calendar's clock stands on a UTC day, which meets at most one local midnight within.
with days as (
    select
        calendar_id,
        local_date,
        day_length,
        worked_before,
        starts_at,
        opens_at,
        lead(starts_at) over (partition by calendar_id order by local_date) as next_starts_at,
        lead(opens_at) over (partition by calendar_id order by local_date) as next_opens_at,
        lead(day_length) over (partition by calendar_id order by local_date) as next_day_length
    from {{ ref('int_calendars__local_days') }}
),

utc_days as (
    select
        calendar_id,
        local_date as utc_date,
        cast(local_date as timestamp) as utc_midnight_at
    from {{ ref('int_calendars__local_days') }}
),

final as (
    select
        utc_days.calendar_id,
        utc_days.utc_date,
        days.local_date,
        days.day_length,
        days.worked_before,
        days.next_day_length,
        days.worked_before + days.day_length as next_worked_before,
        days.opens_at,
        days.next_starts_at as next_local_day_at,
        days.next_opens_at
    from utc_days
    inner join days
        on
            utc_days.calendar_id = days.calendar_id
            and utc_days.utc_midnight_at >= days.starts_at
            and utc_days.utc_midnight_at < days.next_starts_at
)

select * from final
