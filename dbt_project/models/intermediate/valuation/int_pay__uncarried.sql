-- Pay that no minute carries, on the spell that pays: long leave, or paid after leaving.
with carried_months as (
    select distinct
        person_id,
        month_key,
        currency_code,
        entity
    from {{ ref('int_pay__carriers') }}
),

final as (
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
        lines.currency_code,
        cast(sum(lines.amount) as decimal(18, 2)) as amount
    from {{ ref('int_pay__register_lines') }} as lines
    inner join {{ ref('int_people__paying_spells') }} as spells
        on
            lines.person_id = spells.person_id
            and lines.month_key = spells.month_key
            and ((lines.entity is null and spells.spell_rank = 1) or lines.entity = spells.entity)
    where
        not exists (
            select 1
            from carried_months
            where
                lines.person_id = carried_months.person_id
                and lines.month_key = carried_months.month_key
                and lines.currency_code = carried_months.currency_code
                and (lines.entity is null or lines.entity = carried_months.entity)
        )
    group by
        lines.person_id, lines.month_key, spells.entity, spells.cost_center, spells.work_country, spells.worker_type,
        spells.role_class, spells.team, lines.pay_component, lines.currency_code
)

select * from final
