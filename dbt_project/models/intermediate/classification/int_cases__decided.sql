-- First the rule, then a person's override of it, then what no election of the policy lets be capitalised.
with overridden as (
    select
        *,
        has_component and not is_spread_by_ledger as is_traced,
        coalesce(override_treatment, '') = 'opex' and matched_treatment = 'capex' as is_expensed_by_override,
        coalesce(override_treatment, '') = 'capex' and window_state = 'open' and is_in_force
            as is_capitalised_by_override
    from {{ ref('int_cases__ruled') }}
),

tested as (
    select
        *,
        case
            when is_expensed_by_override then 'OVERRIDE'
            when matched_treatment = 'opex' and not is_capitalised_by_override then matched_rule_id
            when evidence_tier <> 'X' and (not is_capitalisable_tier or is_unapproved or is_repository)
                then 'E-TIER'
            when pay_component not like 'ai_%' and not is_capitalisable_pay then 'E-PAY'
            when is_never_role and not is_capitalised_by_override then 'E-ROLE'
            when
                pay_component like 'ai_%'
                and not (pay_component = 'ai_metered' and ai_metered_capitalise and is_traced)
                then 'E-AI'
            when is_below_minimum and not is_capitalised_by_override then 'E-MIN'
            when matched_treatment = 'opex' or is_never_role or is_below_minimum then 'OVERRIDE'
            else matched_rule_id
        end as rule_id
    from overridden
),

decided as (
    select
        *,
        case
            when is_expensed_by_override or rule_id in ('E-TIER', 'E-PAY', 'E-ROLE', 'E-AI', 'E-MIN') then 'opex'
            when is_capitalised_by_override or matched_treatment = 'capex' then 'capex'
            else 'opex'
        end as treatment,
        case
            when rule_id = 'E-TIER' and is_unapproved then 'declared allocation without approval: not capitalised'
            when rule_id = 'E-TIER' and is_repository
                then 'code without a work item: not capitalised for want of evidence'
            when rule_id = 'E-TIER' then 'not capitalised for want of evidence: tier ' || evidence_tier
            when rule_id = 'E-PAY' then 'pay component ' || pay_component || ' is not capitalised by the policy'
            when rule_id = 'E-ROLE' then 'role class ' || role_class || ' is never capitalised by the policy'
            when rule_id = 'E-AI' and pay_component = 'ai_metered' and is_traced
                then 'the policy does not elect to capitalise metered AI'
            when rule_id = 'E-AI' then 'AI cost that is not traced to a work item is expense'
            when rule_id = 'E-MIN' then 'the budget of the component is below the minimum of the policy'
            when rule_id = 'OVERRIDE'
                then
                    override_reason || ' (requested by ' || override_requested_by
                    || ', approved by ' || override_approved_by || ')'
            else matched_reason
        end as reason,
        case
            when rule_id = 'E-TIER' then 'election capitalisable_tiers'
            when rule_id = 'E-PAY' then 'election pay_components'
            when rule_id = 'E-ROLE' then 'election never_roles'
            when rule_id = 'E-AI' then 'election ai_metered_capitalise'
            when rule_id = 'E-MIN' then 'election min_component_budget'
            when rule_id = 'OVERRIDE' then 'override ' || override_id
            else matched_citation
        end as citation
    from tested
),

-- Verdicts in the order in which ties are broken.
final as (
    select
        *,
        cast(
            dense_rank() over (
                order by
                    activity, evidence_tier, category, flow_type, rule_id, reason, window_state, treatment, citation,
                    override_id, policy_id
            ) as bigint
        ) as verdict_number
    from decided
)

select * from final
