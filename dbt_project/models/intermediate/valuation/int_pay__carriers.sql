-- The rows of a person-month that carry cost, with the columns that effort and cost share.
with carriers as (
    select
        carrier_number,
        person_month_number,
        month_key,
        item_number,
        value_stream_id,
        component_id,
        min(spell_number) as spell_number,
        cast(sum(minutes) as bigint) as minutes
    from {{ ref('int_pay__carrying_effort') }}
    group by carrier_number, person_month_number, month_key, item_number, value_stream_id, component_id
),

final as (
    select
        spells.person_id,
        carriers.month_key,
        spells.entity,
        spells.cost_center,
        items.work_item_key,
        carriers.value_stream_id,
        carriers.component_id,
        spells.work_country,
        spells.worker_type,
        spells.role_class,
        spells.team,
        entities.functional_currency as currency_code,
        carriers.minutes,
        carriers.carrier_number,
        carriers.person_month_number
    from carriers
    inner join {{ ref('int_spells__numbered') }} as spells
        on carriers.spell_number = spells.spell_number
    inner join {{ source('company', 'entities') }} as entities
        on spells.entity = entities.entity
    inner join {{ ref('int_items__numbered') }} as items
        on carriers.item_number = items.item_number
)

select * from final
