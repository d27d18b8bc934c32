-- People with work on items in a step in an open month, by the ledger of days and the visits of the day.
with worked as (
    select distinct
        efforts.person_id,
        efforts.month_key,
        efforts.work_item_key,
        efforts.work_date
    from {{ ref('fct_effort_days') }} as efforts
    where
        efforts.minutes > 0
        and efforts.person_id <> 'NONE'
        and efforts.evidence_tier <> 'L'
        and {{ is_open_month('efforts.month_key') }}
),

final as (
    select
        visits.value_stream_id,
        worked.month_key,
        visits.step,
        cast(count(distinct worked.person_id) as integer) as person_count
    from worked
    inner join {{ ref('int_flow__visits') }} as visits
        on worked.work_item_key = visits.work_item_key
    inner join {{ ref('int_calendars__local_days') }} as days
        on
            visits.calendar_id = days.calendar_id
            and worked.work_date = days.local_date
            and visits.started_at < days.ends_at
            and visits.ended_at > days.starts_at
    where visits.step <> '(gap)'
    group by visits.value_stream_id, worked.month_key, visits.step
)

select * from final
