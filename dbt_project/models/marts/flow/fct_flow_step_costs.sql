{% set grain = cost_row_grain() -%}
-- What each step cost in a month: a cost row to its days by minutes, an item's day to its steps by working time.
-- A day outside working time goes by the clock; a day in no step, unlinked and declared work stay outside the map.
with reporting as (
    select
        settings.reporting_currency,
        currencies.minor_digits
    from {{ source('company', 'settings') }} as settings
    inner join {{ source('company', 'currencies') }} as currencies
        on settings.reporting_currency = currencies.currency_code
),

priced as (
    select
        {% for column in grain -%}costs.{{ column }},
        {% endfor %}
        {{ to_minor('costs.reporting_amount', 'reporting.minor_digits') }} as minor
    from {{ ref('fct_cost_allocations') }} as costs
    cross join reporting
),

tracked as (
    select distinct
        work_item_key,
        calendar_id
    from {{ ref('int_flow__visits') }}
),

cost_rows as (
    select
        {{ grain | join(', ') }},
        sum(minor) as minor
    from priced
    group by {{ grain | join(', ') }}
),

row_days as (
    select
        {% for column in grain -%}cost_rows.{{ column }},
        {% endfor %}
        efforts.work_date,
        max(cost_rows.minor) as minor,
        sum(efforts.minutes) as minutes
    from cost_rows
    inner join {{ ref('fct_effort_days') }} as efforts
        on {{ same_cost_row('cost_rows', 'efforts') }}
    inner join tracked
        on cost_rows.work_item_key = tracked.work_item_key
    group by
        {% for column in grain -%}cost_rows.{{ column }},
        {% endfor %}         efforts.work_date
),

day_parts as (
    {{ largest_remainder('row_days', columns=['month_key', 'work_item_key', 'value_stream_id', 'work_date'],
                         amount='minor', weight='minutes', partition_by=grain, order_by=['work_date'],
                         allocated='part_minor') }}
),

item_days as (
    select
        day_parts.work_item_key,
        day_parts.value_stream_id,
        day_parts.month_key,
        day_parts.work_date,
        tracked.calendar_id,
        sum(day_parts.part_minor) as minor
    from day_parts
    inner join tracked
        on day_parts.work_item_key = tracked.work_item_key
    where day_parts.part_minor <> 0
    group by
        day_parts.work_item_key, day_parts.value_stream_id, day_parts.month_key, day_parts.work_date,
        tracked.calendar_id
),

met as (
    select
        item_days.work_item_key,
        item_days.value_stream_id,
        item_days.month_key,
        item_days.work_date,
        item_days.minor,
        visits.step,
        visits.is_rework,
        sum({{ shared_span(
            'visits.start_clock', 'visits.end_clock', 'days.worked_before', 'days.worked_before + days.day_length'
        ) }}) as worked,
        sum({{ microseconds_between(
            'greatest(visits.started_at, days.starts_at)', 'least(visits.ended_at, days.ends_at)'
        ) }}) as elapsed
    from item_days
    inner join {{ ref('int_calendars__local_days') }} as days
        on item_days.calendar_id = days.calendar_id and item_days.work_date = days.local_date
    inner join {{ ref('int_flow__visits') }} as visits
        on
            item_days.work_item_key = visits.work_item_key
            and days.ends_at > visits.started_at
            and days.starts_at < visits.ended_at
    where visits.step <> '(gap)'
    group by
        item_days.work_item_key, item_days.value_stream_id, item_days.month_key, item_days.work_date,
        item_days.minor, visits.step, visits.is_rework
),

weighed as (
    select
        *,
        case
            when sum(worked) over (partition by work_item_key, value_stream_id, work_date) > 0 then worked
            else elapsed
        end as weight
    from met
),

step_parts as (
    {{ largest_remainder('weighed', columns=['value_stream_id', 'month_key', 'step', 'is_rework'],
                         amount='minor', weight='weight',
                         partition_by=['work_item_key', 'value_stream_id', 'work_date'],
                         order_by=['step', 'is_rework'], allocated='part_minor') }}
),

inside as (
    select
        step_parts.value_stream_id,
        step_parts.month_key,
        step_parts.step,
        sum(step_parts.part_minor) as minor,
        sum(case when step_parts.is_rework then step_parts.part_minor else 0 end) as rework_minor
    from step_parts
    left join {{ ref('int_flow__withheld') }} as withheld
        on
            step_parts.value_stream_id = withheld.value_stream_id
            and step_parts.month_key = withheld.month_key
    where withheld.month_key is null
    group by step_parts.value_stream_id, step_parts.month_key, step_parts.step
),

-- What the finance workbook says of the stream, in which each row of cost is converted by itself.
totals as (
    select
        costs.value_stream_id,
        costs.month_key,
        sum({{ to_minor('costs.reporting_amount', 'reporting.minor_digits') }}) as minor
    from {{ ref('fct_capitalization') }} as costs
    cross join reporting
    group by costs.value_stream_id, costs.month_key
),

placed as (
    select
        value_stream_id,
        month_key,
        sum(minor) as minor
    from inside
    group by value_stream_id, month_key
),

all_parts as (
    select
        value_stream_id,
        month_key,
        step,
        minor,
        rework_minor
    from inside
    union all
    select
        totals.value_stream_id,
        totals.month_key,
        '(outside the map)',
        totals.minor - coalesce(placed.minor, 0),
        0
    from totals
    left join placed
        on totals.value_stream_id = placed.value_stream_id and totals.month_key = placed.month_key
),

computed as (
    select
        all_parts.value_stream_id,
        all_parts.month_key,
        all_parts.step,
        {{ from_minor('all_parts.minor', 'reporting.minor_digits') }} as cost_amount,
        {{ from_minor('all_parts.rework_minor', 'reporting.minor_digits') }} as rework_cost_amount,
        reporting.reporting_currency as currency_code
    from all_parts
    cross join reporting
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
