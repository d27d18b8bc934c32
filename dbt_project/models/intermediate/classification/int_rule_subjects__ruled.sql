with subjects as (
    select
        rule_subject_id as subject_id,
        policy_id as scope
    from {{ ref('int_rule_subjects__listed') }}
),

labelled as (
    {{ exploded_list(ref('int_rule_subjects__listed'), ['rule_subject_id'], 'rule_labels', 'value') }}
),

attributes as (
    {% for field, column in rule_attributes().items() if field != 'label' -%}
        select
            rule_subject_id as subject_id,
            '{{ field }}' as field,
            {{ column }} as value
        from {{ ref('int_rule_subjects__listed') }}
        union all
    {% endfor -%}
    select distinct
        rule_subject_id as subject_id,
        'label' as field,
        value
    from labelled
),

rules as (
    select
        policy_id as scope,
        rule_order,
        condition_count
    from {{ source('company', 'policy_rules') }}
),

conditions as (
    select
        policy_id as scope,
        rule_order,
        field,
        value
    from {{ source('company', 'policy_rule_conditions') }}
),

matched as (
    {{ first_matching_rule('subjects', 'attributes', 'rules', 'conditions') }}
),

final as (
    select
        listed.*,
        policy_rules.rule_id,
        policy_rules.treatment,
        policy_rules.citation,
        policy_rules.reason
    from matched
    inner join {{ ref('int_rule_subjects__listed') }} as listed on matched.subject_id = listed.rule_subject_id
    inner join {{ source('company', 'policy_rules') }} as policy_rules
        on matched.scope = policy_rules.policy_id and matched.rule_order = policy_rules.rule_order
)

select * from final
