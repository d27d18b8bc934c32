-- Each register line over the minutes that carry it; lines with and without an entity may fall on the same row.
with lines as (
    select
        lines.line_number,
        lines.person_id,
        lines.month_key,
        lines.entity,
        lines.pay_component,
        lines.currency_code,
        currencies.minor_digits,
        {{ to_minor('lines.amount', 'currencies.minor_digits') }} as amount_minor
    from {{ ref('int_pay__register_lines') }} as lines
    inner join {{ source('company', 'currencies') }} as currencies
        on lines.currency_code = currencies.currency_code
),

carried as (
    select
        lines.line_number,
        lines.amount_minor,
        carriers.carrier_number,
        carriers.minutes
    from lines
    inner join {{ ref('int_pay__carriers') }} as carriers
        on
            lines.person_id = carriers.person_id
            and lines.month_key = carriers.month_key
            and lines.currency_code = carriers.currency_code
            and (lines.entity is null or lines.entity = carriers.entity)
),

totals as (
    select
        line_number,
        sum(minutes) as minutes
    from carried
    group by line_number
),

weighed as (
    select
        carried.*,
        totals.minutes as minutes_total
    from carried
    inner join totals
        on carried.line_number = totals.line_number
),

split as (
    {{ largest_remainder(
        'weighed',
        columns=['line_number', 'carrier_number'],
        amount='amount_minor',
        weight='minutes',
        partition_by=['line_number'],
        order_by=['carrier_number'],
        allocated='part_minor',
        total='minutes_total'
    ) }}
),

summed as (
    select
        split.carrier_number,
        lines.pay_component,
        lines.minor_digits,
        cast(sum(split.part_minor) as bigint) as amount_minor
    from split
    inner join lines
        on split.line_number = lines.line_number
    group by split.carrier_number, lines.pay_component, lines.minor_digits
),

final as (
    select
        carrier_number,
        pay_component,
        {{ from_minor('amount_minor', 'minor_digits') }} as amount
    from summed
)

select * from final
