-- The rows of a person-month that carry cost; leave carries it only where the configuration says `paid`.
{% set grain = [
    'person_id', 'month_key', 'entity', 'cost_center', 'work_item_key', 'value_stream_id', 'component_id',
    'work_country', 'worker_type', 'role_class', 'team'
] -%}
with carriers as (
    select
        {% for column in grain %}effort.{{ column }}, {% endfor %}
        entities.functional_currency as currency_code,
        cast(sum(effort.minutes) as bigint) as minutes
    from {{ ref('fct_effort_days') }} as effort
    inner join {{ source('company', 'entities') }} as entities
        on effort.entity = entities.entity
    cross join {{ source('company', 'settings') }} as settings
    where effort.evidence_tier <> 'L' or settings.hours_denominator = 'paid'
    group by {% for column in grain %}effort.{{ column }}, {% endfor %} entities.functional_currency
),

person_months as (
    select
        person_id,
        month_key,
        row_number() over (order by person_id, month_key) as person_month_number
    from carriers
    group by person_id, month_key
),

-- The number orders rows by person, month and the columns of the grain, as ties are broken.
final as (
    select
        carriers.*,
        person_months.person_month_number * 1000000 + row_number() over (
            partition by person_months.person_month_number
            order by {% for column in grain[2:] %}carriers.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
        ) as carrier_number
    from carriers
    inner join person_months
        on carriers.person_id = person_months.person_id and carriers.month_key = person_months.month_key
)

select * from final
