-- Working time adds up day by day in local time, 09:00 plus the company's hours, so that every day keeps its length.
with records as (
    select min(created_at) as record_at from {{ ref('inp_work_items') }}
    union all
    select min(changed_at) from {{ ref('inp_work_item_changes') }}
    union all
    select min(created_at) from {{ ref('inp_pull_requests') }}
),

spans as (
    select
        {{ plus_days('cast(coalesce(min(records.record_at), max(as_of.as_of_at)) as date)', -2) }} as first_day,
        {{ plus_days('cast(max(as_of.as_of_at) as date)', 3) }} as last_day
    from {{ ref('int_delivery__as_of') }} as as_of
    cross join records
),

calendars as (
    select distinct
        streams.calendar_id,
        streams.calendar,
        streams.timezone,
        least(spans.first_day, months.first_date) as first_day,
        greatest(spans.last_day, months.last_date) as last_day
    from {{ ref('int_calendars__streams') }} as streams
    cross join spans
    cross join (
        select
            {{ plus_days('min(first_date)', -2) }} as first_date,
            {{ plus_days('max(last_date)', 3) }} as last_date
        from {{ source('company', 'months') }}
    ) as months
),

days as (
    {{ exploded_days('calendars', ['calendar_id', 'calendar', 'timezone'], 'first_day', 'last_day', 'local_date') }}
),

holidays as (
    select distinct
        calendar,
        holiday_date
    from {{ source('company', 'calendar_days') }}
),

lengths as (
    select
        days.calendar_id,
        days.timezone,
        days.local_date,
        case
            when {{ iso_weekday('days.local_date') }} > 5 or holidays.holiday_date is not null then cast(0 as bigint)
            else cast(settings.hours_per_day * 3600000000 as bigint)
        end as day_length
    from days
    cross join {{ source('company', 'settings') }} as settings
    left join holidays
        on days.calendar = holidays.calendar and days.local_date = holidays.holiday_date
),

final as (
    select
        calendar_id,
        local_date,
        timezone,
        day_length,
        cast(sum(day_length) over (partition by calendar_id order by local_date rows unbounded preceding) as bigint)
        - day_length as worked_before,
        {{ utc_timestamp('cast(local_date as timestamp)', 'timezone') }} as starts_at,
        {{ utc_timestamp("(cast(local_date as timestamp) + interval '9' hour)", 'timezone') }} as opens_at,
        {{ utc_timestamp("(cast(local_date as timestamp) + interval '1' day)", 'timezone') }} as ends_at
    from lengths
)

select * from final
