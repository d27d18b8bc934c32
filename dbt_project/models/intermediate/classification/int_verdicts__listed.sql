-- What cases may end in, numbered in the order in which ties are broken.
with final as (
    select distinct
        verdict_number,
        policy_id,
        activity,
        category,
        flow_type,
        evidence_tier,
        window_state,
        treatment,
        rule_id,
        reason,
        citation,
        case when override_id = '' then 'NONE' else override_id end as override_id
    from {{ ref('int_cases__decided') }}
)

select * from final
