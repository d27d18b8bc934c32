-- The flow type of every combination of type, labels and project that items have: activity first, then its own rules.
with work_types as (
    select
        cast(row_number() over (order by item_type, labels, project_key) as bigint) as work_type_id,
        item_type,
        labels,
        project_key
    from (
        select distinct
            coalesce(item_type, '') as item_type,
            coalesce(labels, '[]') as labels,
            coalesce(project_key, '') as project_key
        from {{ ref('int_items__states') }}
    ) as combinations
),

labelled as (
    {{ exploded_list('work_types', ['work_type_id'], 'labels', 'value') }}
),

own_attributes as (
    select
        work_type_id as subject_id,
        'item_type' as field,
        item_type as value
    from work_types
    union all
    select
        work_type_id,
        'project',
        project_key
    from work_types
    union all
    select distinct
        work_type_id,
        'label',
        value
    from labelled
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

activity_subjects as (
    select
        work_type_id as subject_id,
        'activity' as scope
    from work_types
),

activities as (
    {{ first_matching_rule('activity_subjects', 'own_attributes', 'rules', 'conditions') }}
),

attributes as (
    select
        subject_id,
        field,
        value
    from own_attributes
    union all
    select
        activities.subject_id,
        'activity',
        results.result
    from activities
    inner join {{ source('company', 'mapping_rules') }} as results
        on activities.scope = results.ruleset and activities.rule_order = results.rule_order
),

subjects as (
    select
        work_type_id as subject_id,
        'flow_type' as scope
    from work_types
),

matched as (
    {{ first_matching_rule('subjects', 'attributes', 'rules', 'conditions') }}
),

final as (
    select
        work_types.item_type,
        work_types.labels,
        work_types.project_key,
        coalesce(results.result, 'feature') as flow_type
    from work_types
    left join matched
        on work_types.work_type_id = matched.subject_id
    left join {{ source('company', 'mapping_rules') }} as results
        on matched.scope = results.ruleset and matched.rule_order = results.rule_order
)

select * from final
