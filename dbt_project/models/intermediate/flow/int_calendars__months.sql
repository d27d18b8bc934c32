-- The working time of each month on each calendar, up to the data of the run.
with bounds as (
    select
        calendars.calendar_id,
        months.month_key,
        least({{ utc_timestamp('cast(months.first_date as timestamp)', 'as_of.timezone') }}, as_of.as_of_at)
            as starts_at,
        least(
            {{ utc_timestamp('cast(' ~ plus_days('months.last_date', 1) ~ ' as timestamp)', 'as_of.timezone') }},
            as_of.as_of_at
        ) as ends_at,
        {{ utc_timestamp('cast(' ~ plus_days('months.last_date', 1) ~ ' as timestamp)', 'as_of.timezone') }}
            as month_ends_at
    from {{ source('company', 'months') }} as months
    cross join {{ ref('int_delivery__as_of') }} as as_of
    cross join (select distinct calendar_id from {{ ref('int_calendars__streams') }}) as calendars
),

final as (
    select
        bounds.calendar_id,
        bounds.month_key,
        {{ working_clock('bounds.starts_at', 'first_day') }} as start_clock,
        {{ working_clock('bounds.ends_at', 'last_day') }} as end_clock,
        bounds.starts_at,
        bounds.ends_at,
        bounds.month_ends_at
    from bounds
    inner join {{ ref('int_calendars__utc_days') }} as first_day
        on bounds.calendar_id = first_day.calendar_id and cast(bounds.starts_at as date) = first_day.utc_date
    inner join {{ ref('int_calendars__utc_days') }} as last_day
        on bounds.calendar_id = last_day.calendar_id and cast(bounds.ends_at as date) = last_day.utc_date
)

select * from final
