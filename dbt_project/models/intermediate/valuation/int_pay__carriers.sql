-- The rows of a person-month that carry cost; leave carries it only where the configuration says `paid`.
with effort as (
    select
        stated.spell_number,
        stated.month_key,
        stated.item_number,
        stated.value_stream_id,
        stated.component_id,
        sum(stated.minutes) as minutes
    from {{ ref('int_effort__stated') }} as stated
    cross join {{ source('company', 'settings') }} as settings
    where stated.evidence_tier <> 'L' or settings.hours_denominator = 'paid'
    group by
        stated.spell_number,
        stated.month_key,
        stated.item_number,
        stated.value_stream_id,
        stated.component_id
),

-- Spells that differ in nothing that a row shows carry cost together; numbers keep the order of their columns.
spells as (
    select
        people.spell_number,
        people.person_id,
        people.entity,
        people.cost_center,
        people.work_country,
        people.worker_type,
        people.role_class,
        people.team,
        entities.functional_currency as currency_code,
        dense_rank() over (order by people.entity, people.cost_center) as payer_number,
        dense_rank() over (order by people.work_country, people.worker_type, people.role_class, people.team)
            as role_number
    from {{ ref('int_spells__numbered') }} as people
    inner join {{ source('company', 'entities') }} as entities
        on people.entity = entities.entity
),

payers as (
    select distinct
        payer_number,
        entity,
        cost_center,
        currency_code
    from spells
),

roles as (
    select distinct
        role_number,
        work_country,
        worker_type,
        role_class,
        team
    from spells
),

carriers as (
    select
        spells.person_id,
        effort.month_key,
        spells.payer_number,
        effort.item_number,
        effort.value_stream_id,
        effort.component_id,
        spells.role_number,
        cast(sum(effort.minutes) as bigint) as minutes
    from effort
    inner join spells
        on effort.spell_number = spells.spell_number
    group by
        spells.person_id,
        effort.month_key,
        spells.payer_number,
        effort.item_number,
        effort.value_stream_id,
        effort.component_id,
        spells.role_number
),

person_months as (
    select
        person_id,
        month_key,
        row_number() over (order by person_id, month_key) as person_month_number
    from carriers
    group by person_id, month_key
),

numbered as (
    select
        carriers.*,
        person_months.person_month_number,
        row_number() over (
            partition by person_months.person_month_number
            order by
                carriers.payer_number,
                carriers.item_number,
                carriers.value_stream_id,
                carriers.component_id,
                carriers.role_number
        ) as row_in_month
    from carriers
    inner join person_months
        on carriers.person_id = person_months.person_id and carriers.month_key = person_months.month_key
),

-- The number orders rows by person, month and the columns of the grain, as ties are broken.
final as (
    select
        numbered.person_id,
        numbered.month_key,
        payers.entity,
        payers.cost_center,
        items.work_item_key,
        numbered.value_stream_id,
        numbered.component_id,
        roles.work_country,
        roles.worker_type,
        roles.role_class,
        roles.team,
        payers.currency_code,
        numbered.minutes,
        numbered.person_month_number * 1000000 + numbered.row_in_month as carrier_number,
        numbered.person_month_number
    from numbered
    inner join payers
        on numbered.payer_number = payers.payer_number
    inner join roles
        on numbered.role_number = roles.role_number
    inner join {{ ref('int_items__numbered') }} as items
        on numbered.item_number = items.item_number
)

select * from final
