-- Whole weeks (Monday to Sunday) and months of the books, numbered from one, and how long after their end
-- the records reach.
with bounds as (
    select
        min(first_date) as first_date,
        max(last_date) as last_date
    from {{ source('company', 'months') }}
),

days as (
    {{ exploded_days('bounds', ['first_date', 'last_date'], 'first_date', 'last_date', 'day_date') }}
),

mondays as (
    select
        day_date as first_date,
        {{ plus_days('day_date', 6) }} as last_date
    from days
    where {{ iso_weekday('day_date') }} = 1 and {{ plus_days('day_date', 6) }} <= last_date
),

spans as (
    select
        'week' as period_type,
        cast(first_date as varchar) as period_key,
        first_date,
        last_date
    from mondays
    union all
    select
        'month',
        month_key,
        first_date,
        last_date
    from {{ source('company', 'months') }}
),

ended as (
    select
        spans.*,
        {{ utc_timestamp('cast(' ~ plus_days('spans.last_date', 1) ~ ' as timestamp)', 'as_of.timezone') }} as ends_at,
        as_of.as_of_at
    from spans
    cross join {{ ref('int_delivery__as_of') }} as as_of
),

final as (
    select
        period_type,
        period_key,
        cast(row_number() over (partition by period_type order by first_date) as integer) as period_number,
        first_date,
        last_date,
    {% for days in [0, 14, 30] %}
        {{ dbt.dateadd('day', days, 'ends_at') }} <= as_of_at as is_known_after_{{ days }}{{ ',' if not loop.last }}
    {% endfor %}
    from ended
)

select * from final
