-- The register in functional currency: each line converted once. A line without an entity, of a person whose minutes
-- lie in entities of different currencies, is first split over those currencies by minutes.
with lines as (
    select
        person_id,
        month as month_key,
        entity,
        pay_component,
        currency,
        sum(amount) as amount
    from {{ source('company', 'payroll') }}
    group by person_id, month, entity, pay_component, currency
    union all
    select
        person_id,
        month_key,
        entity,
        pay_component,
        currency,
        amount
    from {{ ref('int_pay__rated_lines') }}
),

-- Whose minutes and spells decide, where the line names no entity: one column, so that the joins below can hash it.
placed_lines as (
    select
        *,
        case when entity is null then person_id end as unplaced_person_id
    from lines
),

worked_currencies as (
    select
        person_id,
        month_key,
        currency_code,
        sum(minutes) as minutes
    from {{ ref('int_pay__carriers') }}
    group by person_id, month_key, currency_code
),

targets as (
    select
        lines.person_id,
        lines.month_key,
        lines.entity,
        lines.pay_component,
        lines.currency,
        {{ to_minor('lines.amount', 'currencies.minor_digits') }} as amount_minor,
        currencies.minor_digits,
        coalesce(own.functional_currency, worked.currency_code, paying.functional_currency) as currency_code,
        coalesce(worked.minutes, 1) as minutes
    from placed_lines as lines
    inner join {{ source('company', 'months') }} as months
        on lines.month_key = months.month_key and months.is_computed
    inner join {{ source('company', 'currencies') }} as currencies
        on lines.currency = currencies.currency_code
    left join {{ source('company', 'entities') }} as own
        on lines.entity = own.entity
    left join worked_currencies as worked
        on lines.unplaced_person_id = worked.person_id and lines.month_key = worked.month_key
    left join {{ ref('int_people__paying_spells') }} as spells
        on
            lines.unplaced_person_id = spells.person_id
            and lines.month_key = spells.month_key
            and spells.spell_rank = 1
    left join {{ source('company', 'entities') }} as paying
        on spells.entity = paying.entity
),

split as (
    {{ largest_remainder(
        'targets',
        columns=['person_id', 'month_key', 'entity', 'pay_component', 'currency', 'minor_digits', 'currency_code'],
        amount='amount_minor',
        weight='minutes',
        partition_by=['person_id', 'month_key', 'entity', 'pay_component', 'currency'],
        order_by=['currency_code'],
        allocated='part_minor'
    ) }}
),

converted as (
    select
        split.person_id,
        split.month_key,
        split.entity,
        split.pay_component,
        split.currency_code,
        {{ convert_money(from_minor('split.part_minor', 'split.minor_digits'), 'rates.rate', 'targets.minor_digits') }}
            as amount
    from split
    inner join {{ source('company', 'currencies') }} as targets
        on split.currency_code = targets.currency_code
    left join {{ ref('int_fx__averages') }} as rates
        on
            split.month_key = rates.month_key
            and split.currency = rates.from_currency
            and split.currency_code = rates.to_currency
),

summed as (
    select
        person_id,
        month_key,
        entity,
        pay_component,
        currency_code,
        cast(case when count(*) = count(amount) then sum(amount) end as decimal(18, 2)) as amount
    from converted
    group by person_id, month_key, entity, pay_component, currency_code
),

final as (
    select
        row_number() over (order by month_key, person_id, pay_component, entity, currency_code) as line_number,
        *
    from summed
)

select * from final
