{{ config(materialized='view') }}

-- Cost rows with what a decision may look at; components and streams that no rule names are left out, so that few
-- combinations remain.
with named as (
    select distinct
        field,
        value
    from {{ source('company', 'policy_rule_conditions') }}
),

final as (
    select
        allocations.*,
        case when components.component_id is null then '' else coalesce(components.scope, 'internal_use') end as scope,
        coalesce(components.asset_class, 'NONE') as asset_class,
        coalesce(components.budget, 0) as budget,
        coalesce(named_components.value, '') as rule_component_id,
        coalesce(named_streams.value, '') as rule_value_stream_id,
        coalesce(overrides.override_id, '') as override_id,
        allocations.component_id <> 'NONE' as has_component,
        allocations.minutes > 0 as is_spread_by_ledger,
        allocations.work_item_key like 'REPO:%' as is_repository
    from {{ ref('int_allocations__identified') }} as allocations
    left join {{ source('company', 'components') }} as components
        on allocations.component_id = components.component_id
    left join named as named_components
        on named_components.field = 'component_id' and allocations.component_id = named_components.value
    left join named as named_streams
        on named_streams.field = 'value_stream_id' and allocations.value_stream_id = named_streams.value
    left join {{ ref('int_overrides__matched') }} as overrides
        on
            allocations.person_id = overrides.person_id
            and allocations.month_key = overrides.month_key
            and allocations.work_item_key = overrides.work_item_key
            and allocations.component_id = overrides.component_id
)

select * from final
