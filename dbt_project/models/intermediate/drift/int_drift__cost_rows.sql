-- Decided cost rows of closed months twice, one row a reading, pay line, item and component.
{%- set names = [
    'month_key', 'entity', 'person_id', 'role_class', 'pay_component', 'cost_line_id', 'work_item_key', 'component_id',
    'activity', 'evidence_tier', 'window_state', 'treatment', 'rule_id', 'currency_code', 'minutes', 'amount',
    'capex_amount', 'from_date', 'to_date',
] | join(', ') %}

with gathered as (
    select 'closed' as reading, {{ names }}
    from {{ source('closed', 'fct_capitalization') }}
    where
        month_key in (
            select months.month_key from {{ ref('int_drift__months') }} as months
            where months.is_compared
        )
    union all
    select 'today' as reading, {{ names }}
    from {{ ref('int_capitalization__decided') }}
    where month_key in (
        select months.month_key from {{ ref('int_drift__months') }} as months
        where months.is_compared
    )
),

final as (
    select
        reading,
        month_key,
        entity,
        person_id,
        pay_component,
        cost_line_id,
        work_item_key,
        component_id,
        currency_code,
        min(activity) || '|' || max(activity) as activities,
        min(evidence_tier) || '|' || max(evidence_tier) as tiers,
        min(role_class) || '|' || max(role_class) as role_classes,
        coalesce(cast(min(case when window_state = 'open' then from_date end) as varchar), '') || '|'
        || coalesce(cast(max(case when window_state = 'open' then to_date end) as varchar), '') as open_days,
        max(case when rule_id like 'E-%' then rule_id else '' end) as election,
        min(rule_id || ' ' || treatment) || '|' || max(rule_id || ' ' || treatment) as rules,
        cast(sum(minutes) as bigint) as minutes,
        cast(sum(case when treatment = 'capex' then minutes else 0 end) as bigint) as capex_minutes,
        cast(sum(amount) as decimal(18, 2)) as amount,
        cast(sum(capex_amount) as decimal(18, 2)) as capex_amount
    from gathered
    group by
        reading, month_key, entity, person_id, pay_component, cost_line_id, work_item_key, component_id, currency_code
)

select * from final
