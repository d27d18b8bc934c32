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

final as (
    select
        *,
        row_number() over (
            partition by person_id, month_key
            order by {{ grain[2:] | join(', ') }}
        ) as row_order
    from carriers
)

select * from final
