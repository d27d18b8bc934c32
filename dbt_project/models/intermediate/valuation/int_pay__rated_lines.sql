-- A rate stands in where a person-month has no payroll: amount × capacity ÷ full-time capacity, by day.
with unpaid_days as (
    select
        days.person_id,
        days.work_date,
        days.month_key,
        days.capacity_minutes,
        people.entity,
        people.band,
        people.calendar
    from {{ ref('int_people__days') }} as days
    inner join {{ source('company', 'people') }} as people
        on days.person_id = people.person_id and days.spell_start_date = people.start_date
    left join (select distinct
        person_id,
        month
    from {{ source('company', 'payroll') }}) as paid
        on days.person_id = paid.person_id and days.month_key = paid.month
    where days.is_computed and days.capacity_minutes > 0 and paid.person_id is null
),

-- A rate of the person goes before one of the band.
candidates as (
    select
        days.*,
        rates.effective_from,
        rates.monthly_amount,
        rates.currency,
        0 as kind_rank
    from unpaid_days as days
    inner join {{ source('company', 'rates') }} as rates
        on days.person_id = rates.person_id and days.work_date >= rates.effective_from
    union all
    select
        days.*,
        rates.effective_from,
        rates.monthly_amount,
        rates.currency,
        1
    from unpaid_days as days
    inner join {{ source('company', 'rates') }} as rates
        on days.band = rates.band and days.work_date >= rates.effective_from
    where rates.person_id is null
),

rated_days as (
    select
        *,
        row_number() over (
            partition by person_id, work_date
            order by kind_rank asc, effective_from desc
        ) as rate_rank
    from candidates
),

month_days as (
    {{ exploded_days(source('company', 'months'), ['month_key'], 'first_date', 'last_date', 'calendar_date') }}
),

full_time as (
    select
        calendars.calendar,
        month_days.month_key,
        sum(round(settings.hours_per_day * 60, 0)) as full_minutes
    from month_days
    cross join (select distinct calendar from {{ source('company', 'people') }}) as calendars
    cross join {{ source('company', 'settings') }} as settings
    left join (
        select distinct
            calendar,
            holiday_date
        from {{ source('company', 'calendar_days') }}
    ) as holidays
        on calendars.calendar = holidays.calendar and month_days.calendar_date = holidays.holiday_date
    where {{ iso_weekday('month_days.calendar_date') }} <= 5 and holidays.holiday_date is null
    group by calendars.calendar, month_days.month_key
),

stretches as (
    select
        days.person_id,
        days.month_key,
        days.entity,
        days.currency,
        {{ to_minor('days.monthly_amount', 'currencies.minor_digits') }} as monthly_minor,
        currencies.minor_digits,
        sum(days.capacity_minutes) as capacity_minutes,
        cast(min(full_time.full_minutes) as bigint) as full_minutes
    from rated_days as days
    inner join full_time
        on days.calendar = full_time.calendar and days.month_key = full_time.month_key
    inner join {{ source('company', 'currencies') }} as currencies
        on days.currency = currencies.currency_code
    where days.rate_rank = 1
    group by
        days.person_id, days.month_key, days.entity, days.currency, days.monthly_amount, days.effective_from,
        days.calendar, currencies.minor_digits
),

final as (
    select
        person_id,
        month_key,
        entity,
        'blended_rate' as pay_component,
        currency,
        {{ from_minor(
            'sum(' ~ integer_divide('2 * monthly_minor * capacity_minutes + full_minutes', '2 * full_minutes') ~ ')',
            'minor_digits'
        ) }} as amount
    from stretches
    group by person_id, month_key, entity, currency, minor_digits
)

select * from final
