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
    where {{ is_open_month('costs.month_key') }}
),

visited as (
    select
        work_item_key,
        calendar_id,
        row_number() over (order by work_item_key, calendar_id) as item_number
    from {{ ref('int_flow__visits') }}
    group by work_item_key, calendar_id
),

-- Rows of cost by number: their texts are compared once, to find the days.
cost_rows as (
    select
        {{ grain | join(', ') }},
        sum(minor) as minor,
        row_number() over (order by {{ grain | join(', ') }}) as cost_row_number
    from priced
    group by {{ grain | join(', ') }}
),

row_days as (
    select
        cost_rows.cost_row_number,
        visited.item_number,
        visited.calendar_id,
        cost_rows.value_stream_id,
        cost_rows.month_key,
        cost_rows.minor,
        efforts.work_date,
        sum(efforts.minutes) as minutes
    from cost_rows
    inner join {{ ref('fct_effort_days') }} as efforts
        on {{ same_cost_row('cost_rows', 'efforts') }}
    inner join visited
        on cost_rows.work_item_key = visited.work_item_key
    group by
        cost_rows.cost_row_number, visited.item_number, visited.calendar_id, cost_rows.value_stream_id,
        cost_rows.month_key, cost_rows.minor, efforts.work_date
),

day_parts as (
    {{ largest_remainder('row_days',
                         columns=['month_key', 'item_number', 'calendar_id', 'value_stream_id', 'work_date'],
                         amount='minor', weight='minutes', partition_by=['cost_row_number'], order_by=['work_date'],
                         allocated='part_minor') }}
),

item_days as (
    select
        item_number,
        value_stream_id,
        month_key,
        work_date,
        calendar_id,
        sum(part_minor) as minor
    from day_parts
    where part_minor <> 0
    group by item_number, value_stream_id, month_key, work_date, calendar_id
),

stays as (
    select
        visited.item_number,
        visits.step,
        visits.is_rework,
        visits.start_clock,
        visits.end_clock,
        visits.started_at,
        visits.ended_at
    from {{ ref('int_flow__visits') }} as visits
    inner join visited
        on visits.work_item_key = visited.work_item_key and visits.calendar_id = visited.calendar_id
    where visits.step <> '(gap)'
),

met as (
    select
        item_days.item_number,
        item_days.value_stream_id,
        item_days.month_key,
        item_days.work_date,
        item_days.minor,
        stays.step,
        stays.is_rework,
        sum({{ shared_span(
            'stays.start_clock', 'stays.end_clock', 'days.worked_before', 'days.worked_before + days.day_length'
        ) }}) as worked,
        sum({{ microseconds_between(
            'greatest(stays.started_at, days.starts_at)', 'least(stays.ended_at, days.ends_at)'
        ) }}) as elapsed
    from item_days
    inner join {{ ref('int_calendars__local_days') }} as days
        on item_days.calendar_id = days.calendar_id and item_days.work_date = days.local_date
    inner join stays
        on
            item_days.item_number = stays.item_number
            and days.ends_at > stays.started_at
            and days.starts_at < stays.ended_at
    group by
        item_days.item_number, item_days.value_stream_id, item_days.month_key, item_days.work_date,
        item_days.minor, stays.step, stays.is_rework
),

weighed as (
    select
        item_number,
        value_stream_id,
        month_key,
        work_date,
        minor,
        step,
        is_rework,
        case
            when sum(worked) over (partition by item_number, value_stream_id, work_date) > 0 then worked
            else elapsed
        end as weight,
        count(*) over (partition by item_number, value_stream_id, work_date) as step_count
    from met
),

divided as (
    select * from weighed
    where step_count > 1
),

divided_parts as (
    {{ largest_remainder('divided', columns=['value_stream_id', 'month_key', 'step', 'is_rework'],
                         amount='minor', weight='weight',
                         partition_by=['item_number', 'value_stream_id', 'work_date'],
                         order_by=['step', 'is_rework'], allocated='part_minor') }}
),

-- Most days of an item are of one step, which takes the whole day.
step_parts as (
    select
        value_stream_id,
        month_key,
        step,
        is_rework,
        part_minor
    from divided_parts
    union all
    select
        value_stream_id,
        month_key,
        step,
        is_rework,
        case when weight > 0 then minor end as part_minor
    from weighed
    where step_count = 1
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
    where {{ is_open_month('costs.month_key') }}
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
