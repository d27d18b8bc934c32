-- The recovery stream of each value stream and month: clock hours of incidents resolved in it.
with stages as (
    select
        1 as step_order,
        'Answer' as step,
        'wait' as kind
    union all
    select
        2,
        'Fix',
        'work'
    union all
    select
        3,
        'Restore',
        'wait'
),

spans as (
    select
        incidents.value_stream_id,
        incidents.month_key,
        stages.step,
        stages.step_order,
        stages.kind,
        case stages.step
            when 'Answer' then incidents.is_acknowledged
            when 'Fix' then true
            else incidents.has_fix
        end as is_measured,
        {{ hours_of("case stages.step when 'Answer' then incidents.answer_microseconds "
            ~ "when 'Fix' then incidents.fix_microseconds else incidents.restore_microseconds end") }} as clock_hours
    from {{ ref('int_incidents__staged') }} as incidents
    cross join stages
),

final as (
    select
        spans.value_stream_id,
        spans.month_key,
        spans.step,
        cast(min(spans.step_order) as integer) as step_order,
        min(spans.kind) as kind,
        cast(count(*) as integer) as incident_count,
        cast(sum(case when spans.is_measured then 1 else 0 end) as integer) as measured_count,
        {{ order_free_mean('spans.clock_hours') }} as clock_hours_mean,
        {{ quantile_of('spans.clock_hours', 0.5) }} as clock_hours_p50,
        {{ quantile_of('spans.clock_hours', 0.85) }} as clock_hours_p85
    from spans
    inner join {{ source('company', 'months') }} as months
        on spans.month_key = months.month_key
    group by spans.value_stream_id, spans.month_key, spans.step
)

select * from final
