-- Every segment with the attributes that policy rules may name; values that no rule names are left out,
-- so that few distinct combinations remain to be matched.
with named as (
    select distinct
        field,
        value
    from {{ source('company', 'policy_rule_conditions') }}
),

named_labels as (
    select distinct exploded.labels
    from (
        {{ exploded_list(ref('int_work_types__classified'), ['labels'], 'labels', 'label') }}
    ) as exploded
    inner join named on named.field = 'label' and exploded.label = named.value
),

final as (
    select
        segments.*,
        {% for column in cost_row_grain() if column != 'component_id' -%}
            allocations.{{ column }},
        {% endfor -%}
        allocations.component_id,
        allocations.pay_component,
        allocations.cost_line_id,
        allocations.currency_code,
        allocations.amount,
        allocations.minutes > 0 as is_spread_by_ledger,
        work_types.item_type,
        work_types.labels,
        work_types.activity,
        work_types.category,
        work_types.flow_type,
        case when components.component_id is null then '' else coalesce(components.scope, 'internal_use') end as scope,
        coalesce(components.asset_class, 'NONE') as asset_class,
        coalesce(named_types.value, '') as rule_item_type,
        coalesce(named_labels.labels, '[]') as rule_labels,
        coalesce(named_components.value, '') as rule_component_id,
        coalesce(named_streams.value, '') as rule_value_stream_id
    from {{ ref('int_allocations__segmented') }} as segments
    inner join {{ ref('int_allocations__identified') }} as allocations
        on segments.allocation_id = allocations.allocation_id
    inner join {{ ref('int_work_types__classified') }} as work_types
        on segments.work_type_id = work_types.work_type_id
    left join {{ source('company', 'components') }} as components
        on allocations.component_id = components.component_id
    left join named_labels on work_types.labels = named_labels.labels
    left join named as named_types on named_types.field = 'item_type' and work_types.item_type = named_types.value
    left join named as named_components
        on named_components.field = 'component_id' and allocations.component_id = named_components.value
    left join named as named_streams
        on named_streams.field = 'value_stream_id' and allocations.value_stream_id = named_streams.value
)

select * from final
