-- Capacity is rounded once a day; leave is the rest of the paid day, so that the two add up to it.
with scheduled as (
    select
        days.person_id,
        days.person_number,
        days.work_date,
        days.spell_start_date,
        cast(coalesce(days.scheduled_minutes, 0) as decimal(22, 12)) as scheduled_minutes,
        cast(case when days.is_holiday then 1 else coalesce(off.paid_ratio, 0) end as decimal(10, 8)) as paid_ratio,
        cast(case when days.is_holiday then 0 else coalesce(off.unpaid_ratio, 0) end as decimal(10, 8)) as unpaid_ratio
    from {{ ref('int_people__scheduled_days') }} as days
    left join {{ ref('int_people__time_off_days') }} as off
        on days.person_id = off.person_id and days.work_date = off.work_date
),

-- A company knows some hundred kinds of day: what is wide arithmetic is done once for each.
kinds as (
    select
        scheduled_minutes,
        paid_ratio,
        unpaid_ratio,
        cast(round(scheduled_minutes * cast(1 - paid_ratio - unpaid_ratio as decimal(10, 8)), 0) as integer)
            as capacity_minutes,
        cast(round(scheduled_minutes * cast(1 - unpaid_ratio as decimal(10, 8)), 0) as integer) as paid_minutes
    from (
        select distinct
            scheduled_minutes,
            paid_ratio,
            unpaid_ratio
        from scheduled
    ) as different
),

minutes as (
    select
        scheduled.person_id,
        scheduled.person_number,
        scheduled.work_date,
        {{ month_key('scheduled.work_date') }} as month_key,
        scheduled.spell_start_date,
        kinds.capacity_minutes,
        kinds.paid_minutes
    from scheduled
    inner join kinds
        on
            scheduled.scheduled_minutes = kinds.scheduled_minutes
            and scheduled.paid_ratio = kinds.paid_ratio
            and scheduled.unpaid_ratio = kinds.unpaid_ratio
),

numbered as (
    select
        *,
        sum(case when capacity_minutes > 0 then 1 else 0 end)
            over (partition by person_id order by work_date rows unbounded preceding) as day_number,
        min(case when capacity_minutes > 0 then work_date end)
            over (partition by person_id, month_key order by work_date rows between current row and unbounded following)
            as next_working_date,
        max(case when capacity_minutes > 0 then work_date end)
            over (partition by person_id, month_key order by work_date rows unbounded preceding)
            as last_working_date
    from minutes
),

final as (
    select
        numbered.person_id,
        numbered.work_date,
        numbered.month_key,
        numbered.spell_start_date,
        numbered.person_number,
        {{ person_day_number('numbered.person_number', 'numbered.work_date') }} as person_day_number,
        numbered.capacity_minutes,
        numbered.paid_minutes - numbered.capacity_minutes as leave_minutes,
        cast(numbered.day_number as integer) as day_number,
        coalesce(numbered.next_working_date, numbered.last_working_date) as evidence_date,
        cast(case
            when numbered.capacity_minutes > 0 then numbered.day_number
            when numbered.next_working_date is not null then numbered.day_number + 1
            when numbered.last_working_date is not null then numbered.day_number
        end as integer) as evidence_day_number,
        numbered.work_date >= span.computed_from_date as is_computed
    from numbered
    cross join {{ ref('int_ledger__spanned') }} as span
)

select * from final
