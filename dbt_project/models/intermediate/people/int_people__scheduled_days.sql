-- Every day of every month in which a person is with the company: the hours agreed, before leave.
with spans as (
    select
        people.person_id,
        row_number() over (order by people.person_id) as person_number,
        cast({{ dbt.date_trunc('month', 'greatest(min(people.start_date), min(span.evidence_from_date))') }} as date)
            as first_day,
        least(
            cast({{ dbt.last_day('max(coalesce(people.end_date, span.last_date))', 'month') }} as date),
            min(span.last_date)
        ) as last_day
    from {{ source('company', 'people') }} as people
    cross join {{ ref('int_ledger__spanned') }} as span
    where people.worker_type <> 'agent' and people.role_class <> 'agent'
    group by people.person_id
),

days as (
    {{ exploded_days('spans', ['person_id', 'person_number'], 'first_day', 'last_day', 'work_date') }}
),

weekdays as (
    select
        person_id,
        person_number,
        work_date,
        {{ iso_weekday('work_date') }} as weekday
    from days
),

holidays as (
    select distinct
        calendar,
        holiday_date
    from {{ source('company', 'calendar_days') }}
),

final as (
    select
        weekdays.person_id,
        cast(weekdays.person_number as integer) as person_number,
        weekdays.work_date,
        spells.start_date as spell_start_date,
        case
            when spells.hours_1 is not null
                then cast(60 as decimal(2, 0)) * case weekdays.weekday
                    when 1 then spells.hours_1
                    when 2 then spells.hours_2
                    when 3 then spells.hours_3
                    when 4 then spells.hours_4
                    when 5 then spells.hours_5
                    when 6 then spells.hours_6
                    else spells.hours_7
                end
            when weekdays.weekday <= 5
                then cast(settings.hours_per_day * 60 as decimal(12, 4)) * cast(spells.fte as decimal(10, 8))
            else 0
        end as scheduled_minutes,
        holidays.holiday_date is not null as is_holiday
    from weekdays
    cross join {{ source('company', 'settings') }} as settings
    left join {{ source('company', 'people') }} as spells
        on
            weekdays.person_id = spells.person_id
            and weekdays.work_date >= spells.start_date
            and weekdays.work_date <= coalesce(spells.end_date, cast('9999-12-31' as date))
    left join holidays
        on
            spells.calendar = holidays.calendar
            and weekdays.work_date = holidays.holiday_date
)

select * from final
