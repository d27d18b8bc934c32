-- What cases may end in, numbered in the order in which ties are broken.
with final as (
    select distinct
        cases.verdict_number,
        cases.policy_id,
        coalesce(policies.content_hash, 'NONE') as policy_hash,
        coalesce(policies.version, 0) as policy_version,
        cases.activity,
        cases.category,
        cases.flow_type,
        cases.evidence_tier,
        cases.window_state,
        cases.treatment,
        cases.rule_id,
        cases.reason,
        cases.citation,
        case when cases.override_id = '' then 'NONE' else cases.override_id end as override_id
    from {{ ref('int_cases__decided') }} as cases
    left join {{ source('company', 'policies') }} as policies
        on cases.policy_id = policies.policy_id
)

select * from final
