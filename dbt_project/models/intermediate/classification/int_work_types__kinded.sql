{%- set decisive = ['activity', 'category', 'flow_type', 'rule_item_type', 'rule_labels'] -%}

-- Work types by what a decision may look at; types and labels that no rule names are left out.
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

described as (
    select
        work_types.work_type_id,
        work_types.activity,
        work_types.category,
        work_types.flow_type,
        coalesce(named_types.value, '') as rule_item_type,
        coalesce(named_labels.labels, '[]') as rule_labels
    from {{ ref('int_work_types__classified') }} as work_types
    left join named_labels on work_types.labels = named_labels.labels
    left join named as named_types on named_types.field = 'item_type' and work_types.item_type = named_types.value
),

final as (
    select
        work_type_id,
        cast(dense_rank() over (order by {{ decisive | join(', ') }}) as bigint) as work_kind_id,
        {{ decisive | join(', ') }}
    from described
)

select * from final
