-- Minutes that carry cost in each step of their item: a day to its steps by working time, one outside working time by
-- the clock. What lies in no step is not here. In milliseconds, of which a day times a day fits into 64 bits.
with visits as (
    select
        items.item_number,
        visits.calendar_id,
        visits.step,
        visits.is_rework,
        visits.start_clock,
        visits.end_clock,
        visits.started_at,
        visits.ended_at
    from {{ ref('int_flow__visits') }} as visits
    inner join {{ ref('int_items__numbered') }} as items
        on visits.work_item_key = items.work_item_key
    where visits.step <> '(gap)'
),

-- A moment's local day begins or ends on its date in UTC.
spans as (
    select
        calendar_id,
        local_date,
        starts_at,
        ends_at,
        cast(starts_at as date) as utc_date
    from {{ ref('int_calendars__local_days') }}
    union distinct
    select
        calendar_id,
        local_date,
        starts_at,
        ends_at,
        cast(ends_at as date)
    from {{ ref('int_calendars__local_days') }}
),

-- Days outside the calendar are those of UTC: no effort lies on them.
stays as (
    select
        visits.*,
        coalesce(first_days.local_date, cast(visits.started_at as date)) as first_date,
        coalesce(last_days.local_date, cast(visits.ended_at as date)) as last_date
    from visits
    left join spans as first_days
        on
            visits.calendar_id = first_days.calendar_id
            and cast(visits.started_at as date) = first_days.utc_date
            and visits.started_at >= first_days.starts_at
            and visits.started_at < first_days.ends_at
    left join spans as last_days
        on
            visits.calendar_id = last_days.calendar_id
            and cast(visits.ended_at as date) = last_days.utc_date
            and visits.ended_at > last_days.starts_at
            and visits.ended_at <= last_days.ends_at
),

-- Most days of an item are of one stay; the others are cut where a stay begins or ends.
cut_days as (
    select
        item_number,
        calendar_id,
        first_date as work_date
    from stays
    union distinct
    select
        item_number,
        calendar_id,
        last_date
    from stays
),

parts as (
    select
        cut_days.item_number,
        cut_days.work_date,
        stays.started_at,
        {{ shared_span(
            'stays.start_clock', 'stays.end_clock', 'days.worked_before', 'days.worked_before + days.day_length'
        ) }} as worked,
        {{ microseconds_between(
            'greatest(stays.started_at, days.starts_at)', 'least(stays.ended_at, days.ends_at)'
        ) }} as elapsed
    from cut_days
    inner join {{ ref('int_calendars__local_days') }} as days
        on cut_days.calendar_id = days.calendar_id and cut_days.work_date = days.local_date
    inner join stays
        on
            cut_days.item_number = stays.item_number
            and cut_days.work_date between stays.first_date and stays.last_date
),

weighed as (
    select
        item_number,
        work_date,
        started_at,
        case when sum(worked) over (partition by item_number, work_date) > 0 then worked else elapsed end as weight
    from parts
),

cuts as (
    select
        item_number,
        work_date,
        started_at,
        weight,
        cast(sum(weight) over (
            partition by item_number, work_date order by started_at rows unbounded preceding
        ) as bigint) as weight_through,
        cast(sum(weight) over (partition by item_number, work_date) as bigint) as weight_total
    from weighed
),

effort as (
    select
        carrying.carrier_number,
        stated.item_number,
        stated.work_date,
        cast(stated.minutes as bigint) * 60000 as milliseconds
    from {{ ref('int_effort__stated') }} as stated
    inner join {{ ref('int_pay__carrying_effort') }} as carrying
        on {{ same_carrying_effort('stated', 'carrying') }}
    where {{ is_open_month('stated.month_key') }}
),

placed as (
    select
        effort.carrier_number,
        stays.step,
        stays.is_rework,
        case
            when cuts.weight is null then effort.milliseconds
            else
                {{ integer_divide('effort.milliseconds * cuts.weight_through', 'cuts.weight_total') }}
                - {{ integer_divide('effort.milliseconds * (cuts.weight_through - cuts.weight)', 'cuts.weight_total') }}
        end as milliseconds
    from effort
    inner join stays
        on
            effort.item_number = stays.item_number
            and effort.work_date between stays.first_date and stays.last_date
    left join cuts
        on
            effort.item_number = cuts.item_number
            and effort.work_date = cuts.work_date
            and stays.started_at = cuts.started_at
    where coalesce(cuts.weight_total, 1) > 0
),

final as (
    select
        carrier_number,
        step,
        is_rework,
        cast(sum(milliseconds) as bigint) as milliseconds
    from placed
    group by carrier_number, step, is_rework
)

select * from final
