-- Cumulative flow: items in each step at the end of each day of thirteen weeks, and all finished since their start.
with spans as (
    select
        {{ plus_days('months.last_date', -90) }} as first_date,
        least(months.last_date, {{ local_date('as_of.as_of_at', 'as_of.timezone') }}) as last_date,
        as_of.timezone
    from {{ source('company', 'months') }} as months
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where months.is_run_month
),

moves as (
    select
        visits.value_stream_id,
        visits.step,
        visits.step_order,
        {{ local_date('visits.started_at', 'spans.timezone') }} as moved_date,
        1 as change_count
    from {{ ref('int_flow__visits') }} as visits
    cross join spans
    where visits.step <> '(gap)'
    union all
    select
        visits.value_stream_id,
        visits.step,
        visits.step_order,
        {{ local_date('visits.ended_at', 'spans.timezone') }},
        -1
    from {{ ref('int_flow__visits') }} as visits
    cross join spans
    where visits.step <> '(gap)' and not visits.is_open
    union all
    select
        items.value_stream_id,
        '(done)',
        9999,
        {{ local_date('items.completed_at', 'spans.timezone') }},
        1
    from {{ ref('int_flow__items') }} as items
    cross join spans
    where items.is_finished and {{ local_date('items.completed_at', 'spans.timezone') }} >= spans.first_date
),

changes as (
    select
        moves.value_stream_id,
        moves.step,
        min(moves.step_order) as step_order,
        greatest(moves.moved_date, spans.first_date) as local_date,
        sum(moves.change_count) as change_count
    from moves
    cross join spans
    where moves.moved_date <= spans.last_date
    group by moves.value_stream_id, moves.step, greatest(moves.moved_date, spans.first_date)
),

series as (
    select
        changes.value_stream_id,
        changes.step,
        min(changes.step_order) as step_order,
        min(spans.first_date) as first_date,
        min(spans.last_date) as last_date
    from changes
    cross join spans
    group by changes.value_stream_id, changes.step
),

days as (
    {{ exploded_days('series', ['value_stream_id', 'step', 'step_order'], 'first_date', 'last_date', 'local_date') }}
),

final as (
    select
        days.value_stream_id,
        days.local_date,
        days.step,
        cast(days.step_order as integer) as step_order,
        cast(sum(coalesce(changes.change_count, 0)) over (
            partition by days.value_stream_id, days.step order by days.local_date rows unbounded preceding
        ) as integer) as item_count
    from days
    left join changes
        on
            days.value_stream_id = changes.value_stream_id
            and days.step = changes.step
            and days.local_date = changes.local_date
)

select * from final
