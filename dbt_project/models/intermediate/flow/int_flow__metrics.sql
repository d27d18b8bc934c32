{% set time_quantiles = {'p50': 0.5, 'p85': 0.85} -%}
-- Flow per value stream: velocity, time, efficiency, load, distribution; times are null where the map is withheld.
with items as (
    select
        items.value_stream_id,
        items.month_key,
        items.flow_type,
        items.work_item_key,
        {{ hours_of('sum(steps.lead_microseconds)') }} as lead_hours,
        {{ hours_of('sum(steps.process_microseconds)') }} as process_hours
    from {{ ref('int_flow__items') }} as items
    left join {{ ref('int_flow__item_steps') }} as steps
        on items.work_item_key = steps.work_item_key
    where items.is_finished
    group by items.value_stream_id, items.month_key, items.flow_type, items.work_item_key
),

present as (
    select
        value_stream_id,
        min(month_key) as first_month_key
    from (
        select
            value_stream_id,
            month_key
        from items
        union all
        select
            value_stream_id,
            month_key
        from {{ ref('int_flow__month_steps') }}
    ) as seen
    group by value_stream_id
),

scope_months as (
    select
        present.value_stream_id,
        months.month_key,
        row_number() over (order by present.value_stream_id, months.month_key) as scope_month_number,
        withheld.month_key is not null as is_withheld
    from present
    inner join {{ source('company', 'months') }} as months
        on present.first_month_key <= months.month_key
    left join {{ ref('int_flow__withheld') }} as withheld
        on present.value_stream_id = withheld.value_stream_id and months.month_key = withheld.month_key
),

typed as (
    select
        value_stream_id,
        month_key,
        flow_type,
        count(*) as item_count
    from items
    group by value_stream_id, month_key, flow_type
),

totals as (
    select
        scope_months.value_stream_id,
        scope_months.month_key,
        scope_months.scope_month_number,
        scope_months.is_withheld,
        count(items.work_item_key) as item_count,
        count(items.lead_hours) as measured_count,
        {{ order_free_sum('items.lead_hours') }} as lead_hours,
        {{ order_free_sum('items.process_hours') }} as process_hours,
        {{ order_free_sum('items.lead_hours * items.lead_hours') }} as lead_squares,
        {{ order_free_sum('items.process_hours * items.process_hours') }} as process_squares,
        {{ order_free_sum('items.lead_hours * items.process_hours') }} as products
    from scope_months
    left join items
        on
            scope_months.value_stream_id = items.value_stream_id
            and scope_months.month_key = items.month_key
    group by
        scope_months.value_stream_id, scope_months.month_key, scope_months.scope_month_number, scope_months.is_withheld
),

lead_times as (
    select
        scope_months.scope_month_number,
        items.lead_hours as value
    from items
    inner join scope_months
        on
            items.value_stream_id = scope_months.value_stream_id
            and items.month_key = scope_months.month_key
            and not scope_months.is_withheld
    where items.lead_hours is not null
),

time_quantiles as (
    {{ quantiles_with_intervals('lead_times', 'scope_month_number', time_quantiles) }}
),

ratios as (
    select
        *,
        process_hours / nullif(lead_hours, 0) as ratio
    from totals
    where not is_withheld
),

-- A ratio of sums over items: its spread by linearisation (Taylor), items drawn independently.
efficiencies as (
    select
        *,
        case when measured_count > 1 and lead_hours > 0 then {{ normal_quantile() }} * sqrt(
            greatest(0, process_squares - 2 * ratio * products + ratio * ratio * lead_squares)
            * measured_count / (measured_count - 1)
        ) / lead_hours end as half_width
    from ratios
),

loads as (
    select
        progress.value_stream_id,
        progress.month_key,
        {{ hours_of('sum(progress.lead_microseconds)') }} as lead_hours,
        {{ hours_of('max(months.end_clock - months.start_clock)') }} as window_hours
    from {{ ref('int_flow__month_steps') }} as progress
    inner join {{ ref('int_calendars__streams') }} as streams
        on progress.value_stream_id = streams.value_stream_id
    inner join {{ ref('int_calendars__months') }} as months
        on streams.calendar_id = months.calendar_id and progress.month_key = months.month_key
    where progress.step <> '(gap)'
    group by progress.value_stream_id, progress.month_key
),

-- Done and at work again within thirty days; an item counts once a month.
stays as (
    select
        work_item_key,
        kind,
        started_at,
        ended_at,
        lead(kind) over (partition by work_item_key order by state_number) as next_kind
    from {{ ref('int_flow__states') }}
),

reopenings as (
    select
        items.value_stream_id,
        {{ month_key(local_timestamp('stays.started_at', 'as_of.timezone')) }} as month_key,
        count(distinct stays.work_item_key) as done_count,
        count(distinct case
            when
                stays.next_kind <> 'cancelled'
                and stays.ended_at <= {{ dbt.dateadd('day', 30, 'stays.started_at') }} then stays.work_item_key
        end) as reopened_count
    from stays
    inner join {{ ref('int_flow__items') }} as items
        on stays.work_item_key = items.work_item_key
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where stays.kind = 'done'
    group by items.value_stream_id, {{ month_key(local_timestamp('stays.started_at', 'as_of.timezone')) }}
),

measures as (
    select
        value_stream_id,
        month_key,
        'flow_velocity' as metric,
        'all' as flow_type,
        'items' as unit,
        cast(item_count as double) as numerator,
        cast(null as double) as denominator,
        cast(item_count as double) as value,
        {{ count_low('item_count') }} as low,
        {{ count_high('item_count') }} as high,
        14 as follow_up_days
    from totals
    {%- for quantile in time_quantiles %}
        union all
        select
            totals.value_stream_id,
            totals.month_key,
            'flow_time_{{ quantile }}',
            'all',
            'working hours',
            coalesce(times.case_count, 0),
            totals.item_count,
            times.value,
            times.low,
            times.high,
            14
        from totals
        left join time_quantiles as times
            on totals.scope_month_number = times.scope_month_number and times.quantile_name = '{{ quantile }}'
    {%- endfor %}
    union all
    select
        value_stream_id,
        month_key,
        'flow_efficiency',
        'all',
        'ratio',
        process_hours,
        lead_hours,
        ratio,
        case when half_width is not null then greatest(0, ratio - half_width) end,
        case when half_width is not null then least(1, ratio + half_width) end,
        14
    from efficiencies
    union all
    select
        totals.value_stream_id,
        totals.month_key,
        'flow_load',
        'all',
        'items',
        coalesce(loads.lead_hours, 0),
        loads.window_hours,
        case when not totals.is_withheld then coalesce(loads.lead_hours / nullif(loads.window_hours, 0), 0) end,
        null,
        null,
        0
    from totals
    left join loads
        on totals.value_stream_id = loads.value_stream_id and totals.month_key = loads.month_key
    union all
    select
        typed.value_stream_id,
        typed.month_key,
        'flow_distribution',
        typed.flow_type,
        'ratio',
        typed.item_count as type_count,
        totals.item_count as total_count,
        cast(typed.item_count as double) / totals.item_count,
        {{ wilson_bound('typed.item_count', 'totals.item_count', -1) }},
        {{ wilson_bound('typed.item_count', 'totals.item_count', 1) }},
        14
    from typed
    inner join totals
        on typed.value_stream_id = totals.value_stream_id and typed.month_key = totals.month_key
    union all
    select
        value_stream_id,
        month_key,
        'flow_reopen_rate',
        'all',
        'ratio',
        reopened_count,
        done_count,
        cast(reopened_count as double) / done_count,
        {{ wilson_bound('reopened_count', 'done_count', -1) }},
        {{ wilson_bound('reopened_count', 'done_count', 1) }},
        30
    from reopenings
),

final as (
    select
        'value_stream:' || value_stream_id as scope,
        month_key,
        metric,
        flow_type,
        unit,
        numerator,
        denominator,
        value,
        low,
        high,
        follow_up_days
    from measures
)

select * from final
