{%- set capitalised = ref('int_capitalization__decided') -%}

with final as (
    {{ entity_check(
        'CAP-POOL', 'capitalisation', 'Capitalised and expensed cost equal the cost rows',
        left="select entity, month_key, capex_amount + opex_amount as amount from " ~ capitalised,
        right="select entity, month_key, amount from " ~ ref('int_costs__classifiable'),
        remedy='cost was lost or doubled when it was split; compare fct_capitalization with fct_cost_allocations'
    ) }}
    union all
    {{ entity_check(
        'CAP-MINUTES', 'capitalisation', 'Minutes of capitalised and expensed pay equal those of the cost rows',
        left="select entity, month_key, minutes as amount from " ~ capitalised ~ " where cost_line_id = 'NONE'",
        right="select entity, month_key, minutes as amount from " ~ ref('int_costs__classifiable')
            ~ " where cost_line_id = 'NONE'",
        remedy='effort and cost disagree on a person, item or spell; compare fct_effort_days with fct_cost_allocations'
    ) }}
    union all
    {{ fault_check(
        'CAP-WINDOW', 'capitalisation', 'Nothing is capitalised outside an open window',
        faults="select decided.month_key, decided.component_id || ' ' || decided.work_item_key as subject from "
            ~ capitalised ~ " as decided inner join " ~ source('company', 'policies')
            ~ " as policies on decided.policy_id = policies.policy_id and policies.has_window"
            ~ " where decided.treatment = 'capex' and decided.window_state <> 'open'",
        remedy='add window: open to the rule that capitalised it, or record the gates of the component'
    ) }}
    union all
    {{ fault_check(
        'CAP-EVIDENCE', 'capitalisation', 'Capitalised minutes rest on a tier that the policy accepts',
        faults="select decided.month_key, decided.person_id || ' ' || decided.work_item_key || ' tier ' || decided.evidence_tier"
            ~ " as subject from " ~ capitalised ~ " as decided left join " ~ source('company', 'policy_tiers')
            ~ " as tiers on decided.policy_id = tiers.policy_id and decided.evidence_tier = tiers.evidence_tier"
            ~ " where decided.treatment = 'capex' and decided.evidence_tier <> 'X' and tiers.evidence_tier is null",
        remedy='the election capitalisable_tiers does not name this tier'
    ) }}
    union all
    {{ fault_check(
        'CAP-PAY', 'capitalisation', 'Capitalised cost is of a pay component that the policy elects',
        faults="select decided.month_key, decided.component_id || ' ' || decided.pay_component as subject from "
            ~ capitalised ~ " as decided left join " ~ source('company', 'policy_pay_components')
            ~ " as pay on decided.policy_id = pay.policy_id and decided.pay_component = pay.pay_component"
            ~ " where decided.treatment = 'capex' and decided.pay_component not like 'ai_%' and pay.pay_component is null",
        remedy='the election pay_components does not name this pay component'
    ) }}
    union all
    {{ fault_check(
        'CAP-REASON', 'capitalisation', 'Every row names its rule, its reason and its paragraph',
        faults="select month_key, component_id || ' ' || work_item_key as subject from " ~ capitalised
            ~ " where coalesce(rule_id, '') = '' or coalesce(reason, '') = '' or coalesce(citation, '') = ''",
        remedy='fill in rule_id, reason and citation of the rule in the policy file'
    ) }}
    union all
    {{ fault_check(
        'CAP-CURRENCY', 'capitalisation', 'Every cost row is in the functional currency of its entity',
        faults="select decided.month_key, decided.entity || ' ' || decided.currency_code as subject from " ~ capitalised
            ~ " as decided inner join " ~ ref('int_policies__applied') ~ " as applied on decided.entity = applied.entity"
            ~ " and decided.month_key = applied.month_key where decided.currency_code <> applied.currency_code",
        remedy='give the exchange rate of the month in fx_rates'
    ) }}
    union all
    {{ entity_check(
        'CAP-UNMATCHED', 'capitalisation', 'Cost that no rule of the policy matches stays under materiality',
        left="select entity, month_key, abs(amount) as amount from " ~ capitalised ~ " where rule_id = 'DEFAULT'",
        right="select entity, month_key, 0 as amount from " ~ capitalised,
        remedy='it is expensed by default; add a rule to the policy (see sheet Exceptions)',
        severity='WARN', tolerance='settings.materiality'
    ) }}
    union all
    {{ entity_check(
        'CAP-DUAL-RUN', 'capitalisation', 'The paper on ASU 2025-06 compares every cost row',
        left="select entity, month_key, amount from " ~ ref('int_policies__dual_run'),
        right="select entity, month_key, amount from " ~ capitalised,
        remedy='a cost row is decided under one of the two policies only',
        where="exists (select 1 from " ~ ref('int_policies__considered') ~ " as considered where not considered.is_applied"
            ~ " and considered.entity = books.entity and considered.month_key = books.month_key)"
    ) }}
    union all
    {{ fault_check(
        'CAP-OVERRIDE', 'capitalisation', 'Every override towards capitalisation met an open window',
        faults="select allocations.month_key, 'override ' || cases.override_id || ' on ' || allocations.work_item_key"
            ~ " as subject from " ~ ref('int_cases__decided') ~ " as cases inner join " ~ ref('int_segments__cased')
            ~ " as segments on cases.case_id = segments.case_id inner join " ~ ref('int_allocations__identified')
            ~ " as allocations on segments.allocation_id = allocations.allocation_id"
            ~ " where cases.is_applied and cases.override_treatment = 'capex'"
            ~ " and (cases.window_state <> 'open' or not cases.is_in_force)",
        remedy='outside an open window an override cannot capitalise; withdraw it or record the gates',
        severity='WARN'
    ) }}
)

select * from final
