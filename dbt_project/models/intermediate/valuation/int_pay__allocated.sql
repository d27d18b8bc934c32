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

split as (
    {{ largest_remainder(
        'carried',
        columns=['line_number', 'carrier_number'],
        amount='amount_minor',
        weight='minutes',
        partition_by=['line_number'],
        order_by=['carrier_number'],
        allocated='part_minor'
    ) }}
),

final as (
    select
        split.carrier_number,
        lines.pay_component,
        cast(sum({{ from_minor('split.part_minor', 'lines.minor_digits') }}) as decimal(18, 2)) as amount
    from split
    inner join lines
        on split.line_number = lines.line_number
    group by split.carrier_number, lines.pay_component
)

select * from final
