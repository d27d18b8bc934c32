-- What each step cost in a month: each cost row to the steps of its minutes. Days in no step, unlinked and declared
-- work stay outside the map.
with reporting as (
    select
        settings.reporting_currency,
        currencies.minor_digits
    from {{ source('company', 'settings') }} as settings
    inner join {{ source('company', 'currencies') }} as currencies
        on settings.reporting_currency = currencies.currency_code
),

-- AI cost of the same person, month and work goes where the pay goes.
paid as (
    select
        carrier_number,
        month_key,
        reporting_amount
    from {{ ref('int_allocations__identified') }}
    where carrier_number is not null
    union all
    select
        carriers.carrier_number,
        allocations.month_key,
        allocations.reporting_amount
    from {{ ref('int_allocations__identified') }} as allocations
    inner join {{ ref('int_pay__carriers') }} as carriers
        on {{ same_cost_row('allocations', 'carriers') }}
    where allocations.carrier_number is null
),

costs as (
    select
        paid.carrier_number,
        cast(sum({{ to_minor('paid.reporting_amount', 'reporting.minor_digits') }}) as bigint) as minor
    from paid
    cross join reporting
    where {{ is_open_month('paid.month_key') }}
    group by paid.carrier_number
),

carried as (
    select
        effort.carrier_number,
        carriers.value_stream_id,
        carriers.month_key,
        effort.step,
        effort.is_rework,
        effort.milliseconds,
        carriers.minutes * 60000 as all_milliseconds,
        costs.minor
    from {{ ref('int_flow__step_effort') }} as effort
    inner join {{ ref('int_pay__carriers') }} as carriers
        on effort.carrier_number = carriers.carrier_number
    inner join costs
        on effort.carrier_number = costs.carrier_number
),

divided as (
    select * from carried
    where milliseconds < all_milliseconds
    union all
    select
        carrier_number,
        value_stream_id,
        month_key,
        '(outside the map)',
        false,
        all_milliseconds - cast(sum(milliseconds) as bigint),
        all_milliseconds,
        minor
    from carried
    where milliseconds < all_milliseconds
    group by carrier_number, value_stream_id, month_key, all_milliseconds, minor
),

divided_parts as (
    {{ largest_remainder('divided', columns=['value_stream_id', 'month_key', 'step', 'is_rework'],
                         amount='minor', weight='milliseconds', total='all_milliseconds', partition_by=['carrier_number'],
                         order_by=['step', 'is_rework'], allocated='part_minor') }}
),

inside as (
    select
        parts.value_stream_id,
        parts.month_key,
        parts.step,
        sum(parts.part_minor) as minor,
        sum(case when parts.is_rework then parts.part_minor else 0 end) as rework_minor
    from (
        select * from divided_parts
        where step <> '(outside the map)'
        union all
        select
            value_stream_id,
            month_key,
            step,
            is_rework,
            minor as part_minor
        from carried
        where milliseconds = all_milliseconds
    ) as parts
    left join {{ ref('int_flow__withheld') }} as withheld
        on parts.value_stream_id = withheld.value_stream_id and parts.month_key = withheld.month_key
    where withheld.month_key is null
    group by parts.value_stream_id, parts.month_key, parts.step
),

-- What the finance workbook says of the stream, in which each row of cost is converted by itself.
totals as (
    select
        costs.value_stream_id,
        costs.month_key,
        sum({{ to_minor('costs.reporting_amount', 'reporting.minor_digits') }}) as minor
    from {{ ref('int_capitalization__priced') }} as costs
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
