-- The policy's own verdict on every segment, and the facts by which it may still become expense.
with final as (
    select
        segments.*,
        policies.ai_metered_capitalise,
        coalesce(ruled.rule_id, 'DEFAULT') as matched_rule_id,
        coalesce(ruled.treatment, 'opex') as matched_treatment,
        coalesce(ruled.citation, 'policy default') as matched_citation,
        case
            when segments.policy_id = 'NONE' then 'no policy is assigned to the entity in this month'
            when not segments.is_in_force then 'the policy is not in force on these days'
            else coalesce(ruled.reason, 'no rule of the policy matches')
        end as matched_reason,
        overrides.override_id,
        overrides.treatment as override_treatment,
        overrides.reason as override_reason,
        overrides.requested_by as override_requested_by,
        overrides.approved_by as override_approved_by,
        tiers.evidence_tier is not null as is_capitalisable_tier,
        pay.pay_component is not null as is_capitalisable_pay,
        never_roles.role_class is not null as is_never_role,
        policies.min_component_budget > 0
        and coalesce(components.budget, 0) < policies.min_component_budget as is_below_minimum
    from {{ ref('int_segments__described') }} as segments
    left join {{ source('company', 'policies') }} as policies on segments.policy_id = policies.policy_id
    left join {{ source('company', 'components') }} as components on segments.component_id = components.component_id
    left join {{ ref('int_rule_subjects__ruled') }} as ruled
        on
            -- an expression of one side beside the keys would make this a loop over all pairs
            case when segments.is_in_force then segments.policy_id end = ruled.policy_id
            {%- for column in rule_attributes().values() %}
                and segments.{{ column }} = ruled.{{ column }}
            {%- endfor %}
    left join {{ ref('int_overrides__matched') }} as overrides
        on
            segments.person_id = overrides.person_id
            and segments.month_key = overrides.month_key
            and segments.work_item_key = overrides.work_item_key
            and segments.component_id = overrides.component_id
    left join {{ source('company', 'policy_tiers') }} as tiers
        on segments.policy_id = tiers.policy_id and segments.evidence_tier = tiers.evidence_tier
    left join {{ source('company', 'policy_pay_components') }} as pay
        on segments.policy_id = pay.policy_id and segments.pay_component = pay.pay_component
    left join {{ source('company', 'policy_never_roles') }} as never_roles
        on segments.policy_id = never_roles.policy_id and segments.role_class = never_roles.role_class
)

select * from final
