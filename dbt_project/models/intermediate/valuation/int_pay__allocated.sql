-- Each register line over the minutes that carry it; a line that no minute carries is one NO_CAPACITY row.
with lines as (
    select
        lines.line_number,
        lines.person_id,
        lines.month_key,
        lines.entity as line_entity,
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
        lines.pay_component,
        lines.minor_digits,
        lines.amount_minor,
        carriers.person_id,
        carriers.month_key,
        carriers.row_order,
        carriers.minutes
    from lines
    inner join {{ ref('int_pay__carriers') }} as carriers
        on
            lines.person_id = carriers.person_id
            and lines.month_key = carriers.month_key
            and lines.currency_code = carriers.currency_code
            and (lines.line_entity is null or lines.line_entity = carriers.entity)
),

split as (
    {{ largest_remainder(
        'carried',
        columns=['line_number', 'pay_component', 'minor_digits', 'person_id', 'month_key', 'row_order'],
        amount='amount_minor',
        weight='minutes',
        partition_by=['line_number'],
        order_by=['row_order'],
        allocated='part_minor'
    ) }}
),

carried_rows as (
    select
        carriers.person_id,
        carriers.month_key,
        carriers.entity,
        carriers.cost_center,
        carriers.work_country,
        carriers.worker_type,
        carriers.role_class,
        carriers.team,
        split.pay_component,
        carriers.work_item_key,
        carriers.value_stream_id,
        carriers.component_id,
        carriers.minutes,
        split.part_minor,
        split.minor_digits,
        carriers.currency_code
    from split
    inner join {{ ref('int_pay__carriers') }} as carriers
        on
            split.person_id = carriers.person_id
            and split.month_key = carriers.month_key
            and split.row_order = carriers.row_order
),

uncarried_rows as (
    select
        lines.person_id,
        lines.month_key,
        spells.entity,
        spells.cost_center,
        spells.work_country,
        spells.worker_type,
        spells.role_class,
        spells.team,
        lines.pay_component,
        'NO_CAPACITY' as work_item_key,
        'NONE' as value_stream_id,
        'NONE' as component_id,
        0 as minutes,
        lines.amount_minor as part_minor,
        lines.minor_digits,
        lines.currency_code
    from lines
    left join (select distinct line_number from carried) as carried_lines
        on lines.line_number = carried_lines.line_number
    inner join {{ ref('int_people__paying_spells') }} as spells
        on
            lines.person_id = spells.person_id
            and lines.month_key = spells.month_key
            and ((lines.line_entity is null and spells.spell_rank = 1) or lines.line_entity = spells.entity)
    where carried_lines.line_number is null
),

pay_rows as (
    select * from carried_rows
    union all
    select * from uncarried_rows
),

-- Lines with and without an entity may fall on the same row.
final as (
    select
        person_id,
        month_key,
        entity,
        cost_center,
        work_country,
        worker_type,
        role_class,
        team,
        pay_component,
        work_item_key,
        value_stream_id,
        component_id,
        currency_code,
        max(minutes) as minutes,
        cast(sum({{ from_minor('part_minor', 'minor_digits') }}) as decimal(18, 2)) as amount
    from pay_rows
    group by
        person_id, month_key, entity, cost_center, work_country, worker_type, role_class, team, pay_component,
        work_item_key, value_stream_id, component_id, currency_code
)

select * from final
