-- Effort that carries cost, by spell, month and work, with the number of the cost rows that it carries; leave carries
-- cost only where the configuration says `paid`.
with effort as (
    select
        stated.spell_number,
        stated.month_key,
        stated.item_number,
        stated.value_stream_id,
        stated.component_id,
        cast(sum(stated.minutes) as bigint) as minutes
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
        spell_number,
        person_id,
        dense_rank() over (order by entity, cost_center) as payer_number,
        dense_rank() over (order by work_country, worker_type, role_class, team) as role_number
    from {{ ref('int_spells__numbered') }}
),

employed as (
    select
        effort.*,
        spells.person_id,
        spells.payer_number,
        spells.role_number
    from effort
    inner join spells
        on effort.spell_number = spells.spell_number
),

person_months as (
    select
        person_id,
        month_key,
        row_number() over (order by person_id, month_key) as person_month_number
    from employed
    group by person_id, month_key
),

-- The number orders rows by person, month and the columns of the grain, as ties are broken.
final as (
    select
        employed.spell_number,
        employed.month_key,
        employed.item_number,
        employed.value_stream_id,
        employed.component_id,
        employed.minutes,
        person_months.person_month_number,
        person_months.person_month_number * 1000000 + dense_rank() over (
            partition by person_months.person_month_number
            order by
                employed.payer_number,
                employed.item_number,
                employed.value_stream_id,
                employed.component_id,
                employed.role_number
        ) as carrier_number
    from employed
    inner join person_months
        on employed.person_id = person_months.person_id and employed.month_key = person_months.month_key
)

select * from final
