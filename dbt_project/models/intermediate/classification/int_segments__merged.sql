-- One row per cost row and answer: segments that neither gate, tier nor work type tells apart are one.
with final as (
    select
        allocation_id,
        policy_id,
        is_applied,
        window_state,
        from_date,
        to_date,
        activity,
        evidence_tier,
        category,
        flow_type,
        treatment,
        rule_id,
        reason,
        citation,
        coalesce(override_id, 'NONE') as override_id,
        amount,
        currency_code,
        cast(sum(minutes) as bigint) as minutes,
        cast(sum(weight) as bigint) as weight
    from {{ ref('int_segments__decided') }}
    group by
        allocation_id, policy_id, is_applied, window_state, from_date, to_date, activity, evidence_tier, category,
        flow_type, treatment, rule_id, reason, citation, coalesce(override_id, 'NONE'), amount, currency_code
)

select * from final
