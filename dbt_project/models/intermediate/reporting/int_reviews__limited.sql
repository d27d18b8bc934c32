-- How far a share of cost may move before somebody looks: the strictest of the policies in force in a month.
with final as (
    select
        applied.month_key,
        min(policies.capitalization_rate_alert) as review_points
    from {{ ref('int_policies__applied') }} as applied
    inner join {{ source('company', 'policies') }} as policies
        on applied.policy_id = policies.policy_id
    group by applied.month_key
)

select * from final
