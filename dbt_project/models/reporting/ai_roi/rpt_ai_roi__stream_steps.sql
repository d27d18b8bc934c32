-- Mean working hours of an item in each step of the stream that started first, before and after; beside it the
-- streams without tools, cut at the same month. Means are weighted by finished items, so that steps add up.
with ranked as (
    select
        *,
        row_number() over (order by start_date asc, minutes desc, value_stream_id asc) as start_rank
    from {{ ref('int_ai__stream_starts') }}
    where start_date is not null
),

chosen as (
    select
        value_stream_id,
        start_month_key
    from ranked
    where start_rank = 1
),

sides as (
    select
        value_stream_id,
        'stream' as side,
        start_month_key
    from chosen
    union all
    select
        others.value_stream_id,
        'other',
        chosen.start_month_key
    from {{ ref('int_ai__stream_starts') }} as others
    cross join chosen
    where others.start_date is null
),

measured as (
    select
        sides.side,
        case when steps.month_key < sides.start_month_key then 'before' else 'after' end as span,
        steps.step,
        steps.step_order,
        steps.value_stream_id,
        steps.month_key,
        steps.finished_count,
        steps.process_hours_mean * steps.finished_count as process_hours,
        steps.wait_hours_mean * steps.finished_count as wait_hours
    from {{ ref('fct_flow_steps') }} as steps
    inner join sides
        on steps.value_stream_id = sides.value_stream_id
    where not steps.is_withheld and steps.finished_count > 0 and steps.step <> '(outside the map)'
),

finished as (
    select
        side,
        span,
        sum(finished_count) as item_count
    from (
        select distinct
            side,
            span,
            value_stream_id,
            month_key,
            finished_count
        from measured
    ) as months
    group by side, span
),

summed as (
    select
        measured.side,
        measured.span,
        measured.step,
        min(measured.step_order) as step_order,
        {{ order_free_sum('measured.process_hours') }} / max(finished.item_count) as process_hours,
        {{ order_free_sum('measured.wait_hours') }} / max(finished.item_count) as wait_hours
    from measured
    inner join finished
        on measured.side = finished.side and measured.span = finished.span
    group by measured.side, measured.span, measured.step
),

final as (
    select
        min(streams.value_stream_name) as value_stream_name,
        summed.step,
        cast(min(summed.step_order) as integer) as step_order,
        cast(max(case when summed.side = 'stream' and summed.span = 'before' then summed.process_hours end) as double)
            as stream_before_process_hours,
        cast(max(case when summed.side = 'stream' and summed.span = 'after' then summed.process_hours end) as double)
            as stream_after_process_hours,
        cast(max(case when summed.side = 'stream' and summed.span = 'before' then summed.wait_hours end) as double)
            as stream_before_wait_hours,
        cast(max(case when summed.side = 'stream' and summed.span = 'after' then summed.wait_hours end) as double)
            as stream_after_wait_hours,
        cast(max(case when summed.side = 'other' and summed.span = 'before' then summed.process_hours end) as double)
            as other_before_process_hours,
        cast(max(case when summed.side = 'other' and summed.span = 'after' then summed.process_hours end) as double)
            as other_after_process_hours,
        cast(max(case when summed.side = 'other' and summed.span = 'before' then summed.wait_hours end) as double)
            as other_before_wait_hours,
        cast(max(case when summed.side = 'other' and summed.span = 'after' then summed.wait_hours end) as double)
            as other_after_wait_hours
    from summed
    cross join chosen
    inner join {{ ref('dim_value_streams') }} as streams
        on chosen.value_stream_id = streams.value_stream_id
    group by summed.step
)

select * from final
