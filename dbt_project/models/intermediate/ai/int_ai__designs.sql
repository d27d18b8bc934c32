-- Records of how a rollout is to be judged, as the company wrote them.
with final as (
    select
        design_id,
        recorded_on,
        recorded_by,
        change_fail_margin,
        other_margin,
        decided_by,
        note
    from {{ source('company', 'ai_designs') }}
)

select * from final
