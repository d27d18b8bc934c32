-- Fields of an item at the end of the company's day: a day's last change decides, and holds until the next one's day.
with zone as (
    select zones.*
    from {{ ref('int_timezones__days') }} as zones
    inner join {{ source('company', 'settings') }} as settings
        on zones.timezone = settings.timezone
),

span as (
    select
        {{ utc_timestamp('cast(span.evidence_from_date as timestamp)', 'settings.timezone') }} as first_at,
        {{ utc_timestamp('cast(' ~ plus_days('span.last_date', 1) ~ ' as timestamp)', 'settings.timezone') }} as end_at
    from {{ ref('int_ledger__spanned') }} as span
    cross join {{ source('company', 'settings') }} as settings
),

clamped as (
    select
        intervals.work_item_key,
        intervals.field,
        intervals.value,
        intervals.is_first or intervals.from_at <= span.first_at as is_open_start,
        intervals.to_at >= span.end_at as is_open_end,
        least(greatest(intervals.from_at, span.first_at), span.end_at) as opened_at,
        least(intervals.to_at, span.end_at) as closed_at
    from {{ ref('int_items__field_intervals') }} as intervals
    cross join span
    where
        intervals.field <> 'assignee'
        and intervals.to_at > span.first_at
        and (intervals.is_first or intervals.from_at < span.end_at)
),

dated as (
    select
        clamped.work_item_key,
        clamped.field,
        clamped.value,
        case
            when clamped.is_open_start then cast('0001-01-01' as date)
            else {{ zone_date('clamped.opened_at', 'opened') }}
        end as from_date,
        case
            when clamped.is_open_end then cast('9999-12-31' as date)
            else {{ zone_date('clamped.closed_at', 'closed') }}
        end as until_date
    from clamped
    inner join zone as opened
        on cast(clamped.opened_at as date) = opened.utc_date
    inner join zone as closed
        on cast(clamped.closed_at as date) = closed.utc_date
),

final as (
    select
        work_item_key,
        field,
        value,
        from_date,
        {{ plus_days('until_date', -1) }} as to_date
    from dated
    where from_date < until_date
)

select * from final
