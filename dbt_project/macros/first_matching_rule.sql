{#-
  The first rule that matches each subject, set-based: a rule matches when for every field that it
  names one of its values equals an attribute of the subject; a rule without conditions always
  matches; the lowest rule_order wins.

  Arguments (relations or CTEs):
    subjects:   scope, subject_id
    attributes: subject_id, field, value (several rows where a field has several values)
    rules:      scope, rule_order, condition_count (distinct fields of its conditions)
    conditions: scope, rule_order, field, value

  Returns scope, subject_id, rule_order; a subject that no rule matches is absent.
-#}
{% macro first_matching_rule(subjects, attributes, rules, conditions) -%}
select
    scope,
    subject_id,
    min(rule_order) as rule_order
from (
    select
        frm_subjects.scope,
        frm_subjects.subject_id,
        frm_rules.rule_order
    from {{ subjects }} as frm_subjects
    inner join {{ rules }} as frm_rules
        on frm_subjects.scope = frm_rules.scope and frm_rules.condition_count = 0
    union all
    select
        frm_subjects.scope,
        frm_subjects.subject_id,
        frm_rules.rule_order
    from {{ subjects }} as frm_subjects
    inner join {{ attributes }} as frm_attributes
        on frm_subjects.subject_id = frm_attributes.subject_id
    inner join {{ conditions }} as frm_conditions
        on
            frm_subjects.scope = frm_conditions.scope
            and frm_attributes.field = frm_conditions.field
            and frm_attributes.value = frm_conditions.value
    inner join {{ rules }} as frm_rules
        on frm_conditions.scope = frm_rules.scope and frm_conditions.rule_order = frm_rules.rule_order
    group by frm_subjects.scope, frm_subjects.subject_id, frm_rules.rule_order, frm_rules.condition_count
    having count(distinct frm_conditions.field) = frm_rules.condition_count
) as frm_matches
group by scope, subject_id
{%- endmacro %}
