-- The policy's own verdict on every case, and the facts by which it may still become expense.
with final as (
    select
        cases.*,
        policies.ai_metered_capitalise,
        coalesce(ruled.rule_id, 'DEFAULT') as matched_rule_id,
        coalesce(ruled.treatment, 'opex') as matched_treatment,
        coalesce(ruled.citation, 'policy default') as matched_citation,
        case
            when cases.policy_id = 'NONE' then 'no policy is assigned to the entity in this month'
            when not cases.is_in_force then 'the policy is not in force on these days'
            else coalesce(ruled.reason, 'no rule of the policy matches')
        end as matched_reason,
        overrides.treatment as override_treatment,
        overrides.reason as override_reason,
        overrides.requested_by as override_requested_by,
        overrides.approved_by as override_approved_by,
        tiers.evidence_tier is not null as is_capitalisable_tier,
        pay.pay_component is not null as is_capitalisable_pay,
        never_roles.role_class is not null as is_never_role,
        policies.min_component_budget > 0 and cases.budget < policies.min_component_budget as is_below_minimum
    from {{ ref('int_cases__described') }} as cases
    left join {{ source('company', 'policies') }} as policies on cases.policy_id = policies.policy_id
    left join {{ ref('int_rule_subjects__ruled') }} as ruled
        on
            -- an expression of one side beside the keys would make this a loop over all pairs
            case when cases.is_in_force then cases.policy_id end = ruled.policy_id
            {%- for column in rule_attributes().values() %}
                and cases.{{ column }} = ruled.{{ column }}
            {%- endfor %}
    left join {{ ref('int_overrides__accepted') }} as overrides on cases.override_id = overrides.override_id
    left join {{ source('company', 'policy_tiers') }} as tiers
        on cases.policy_id = tiers.policy_id and cases.evidence_tier = tiers.evidence_tier
    left join {{ source('company', 'policy_pay_components') }} as pay
        on cases.policy_id = pay.policy_id and cases.pay_component = pay.pay_component
    left join {{ source('company', 'policy_never_roles') }} as never_roles
        on cases.policy_id = never_roles.policy_id and cases.role_class = never_roles.role_class
)

select * from final
