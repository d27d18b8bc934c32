with subjects as (
    select
        typed.work_type_id as subject_id,
        rulesets.scope
    from {{ ref('int_work_types__active') }} as typed
    cross join (
        select 'category' as scope
        union all
        select 'flow_type' as scope
    ) as rulesets
),

attributes as (
    select
        work_type_id as subject_id,
        field,
        value
    from {{ ref('int_work_types__attributes') }}
    union all
    select
        work_type_id as subject_id,
        'activity' as field,
        activity as value
    from {{ ref('int_work_types__active') }}
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

results as (
    select
        matched.subject_id,
        max(case when matched.scope = 'category' then mapping_rules.result end) as category,
        max(case when matched.scope = 'flow_type' then mapping_rules.result end) as flow_type
    from matched
    inner join {{ source('company', 'mapping_rules') }} as mapping_rules
        on matched.scope = mapping_rules.ruleset and matched.rule_order = mapping_rules.rule_order
    group by matched.subject_id
),

final as (
    select
        typed.work_type_id,
        typed.item_type,
        typed.labels,
        typed.project_key,
        typed.activity,
        coalesce(results.category, 'keep_the_lights_on') as category,
        coalesce(results.flow_type, 'feature') as flow_type,
        typed.is_reserved
    from {{ ref('int_work_types__active') }} as typed
    left join results on typed.work_type_id = results.subject_id
)

select * from final
