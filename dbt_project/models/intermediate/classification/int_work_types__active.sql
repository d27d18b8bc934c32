with subjects as (
    select
        work_type_id as subject_id,
        'activity' as scope
    from {{ ref('int_work_types__listed') }}
    where not is_reserved
),

attributes as (
    select
        work_type_id as subject_id,
        field,
        value
    from {{ ref('int_work_types__attributes') }}
),

rules as (
    select
        ruleset as scope,
        rule_order,
        condition_count
    from {{ source('company', 'mapping_rules') }}
),

conditions as (
    select
        ruleset as scope,
        rule_order,
        field,
        value
    from {{ source('company', 'mapping_rule_conditions') }}
),

matched as (
    {{ first_matching_rule('subjects', 'attributes', 'rules', 'conditions') }}
),

final as (
    select
        listed.work_type_id,
        listed.item_type,
        listed.labels,
        listed.project_key,
        coalesce(mapping_rules.result, 'other') as activity,
        listed.is_reserved
    from {{ ref('int_work_types__listed') }} as listed
    left join matched on listed.work_type_id = matched.subject_id
    left join {{ source('company', 'mapping_rules') }} as mapping_rules
        on matched.scope = mapping_rules.ruleset and matched.rule_order = mapping_rules.rule_order
)

select * from final
