-- AI cost follows the item it names, else its person's ledger of the month; the rest is UNALLOCATED.
with parts as (
    select * from {{ ref('int_ai__person_parts') }}
),

carried as (
    select
        parts.cost_line_id,
        parts.person_id,
        parts.person_minor,
        carriers.carrier_number,
        carriers.minutes
    from parts
    inner join {{ ref('int_pay__carriers') }} as carriers
        on parts.person_id = carriers.person_id and parts.month_key = carriers.month_key
    where parts.work_item_key is null
),

split as (
    {{ largest_remainder(
        'carried',
        columns=['cost_line_id', 'person_id', 'carrier_number'],
        amount='person_minor',
        weight='minutes',
        partition_by=['cost_line_id', 'person_id'],
        order_by=['carrier_number'],
        allocated='part_minor'
    ) }}
),

carried_rows as (
    select
        parts.*,
        coalesce(parts.cost_center, carriers.cost_center) as row_cost_center,
        carriers.work_country,
        carriers.worker_type,
        carriers.role_class,
        carriers.team,
        carriers.work_item_key as row_item_key,
        carriers.value_stream_id,
        carriers.component_id,
        carriers.minutes,
        split.part_minor
    from split
    inner join parts
        on split.cost_line_id = parts.cost_line_id and split.person_id = parts.person_id
    inner join {{ ref('int_pay__carriers') }} as carriers
        on split.carrier_number = carriers.carrier_number
),

named_rows as (
    select
        parts.*,
        coalesce(parts.cost_center, spells.cost_center, 'NONE') as row_cost_center,
        coalesce(spells.work_country, parts.country) as work_country,
        coalesce(spells.worker_type, 'NONE') as worker_type,
        coalesce(spells.role_class, 'NONE') as role_class,
        coalesce(spells.team, 'NONE') as team,
        coalesce(parts.work_item_key, 'UNALLOCATED') as row_item_key,
        coalesce(rules.value_stream_id, 'NONE') as value_stream_id,
        coalesce(rules.component_id, 'NONE') as component_id,
        0 as minutes,
        parts.person_minor as part_minor
    from parts
    inner join {{ source('company', 'months') }} as months
        on parts.month_key = months.month_key
    left join (select distinct
        cost_line_id,
        person_id
    from carried) as carried_parts
        on parts.cost_line_id = carried_parts.cost_line_id and parts.person_id = carried_parts.person_id
    left join {{ ref('int_people__paying_spells') }} as spells
        on parts.person_id = spells.person_id and parts.month_key = spells.month_key and spells.spell_rank = 1
    left join {{ ref('int_items__streams') }} as streams
        on
            parts.work_item_key = streams.work_item_key
            and months.last_date between streams.from_date and streams.to_date
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('streams.rule_rank') }} = rules.rule_order
    where carried_parts.cost_line_id is null
),

cost_rows as (
    select * from carried_rows
    union all
    select * from named_rows
),

-- The line names the entity: spells that differ by nothing else fall on one row.
final as (
    select
        cost_line_id,
        month_key,
        vendor,
        tool,
        price_basis,
        person_id,
        entity,
        row_cost_center as cost_center,
        work_country,
        worker_type,
        role_class,
        team,
        pay_component,
        row_item_key as work_item_key,
        value_stream_id,
        component_id,
        cast(sum(minutes) as bigint) as minutes,
        cast(sum({{ from_minor('part_minor', 'minor_digits') }}) as decimal(18, 2)) as amount,
        currency_code
    from cost_rows
    group by
        cost_line_id, month_key, vendor, tool, price_basis, person_id, entity, row_cost_center, work_country,
        worker_type, role_class, team, pay_component, row_item_key, value_stream_id, component_id, currency_code
)

select * from final
