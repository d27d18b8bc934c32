{{ config(materialized='view') }}

-- Segments with the case that each of them is.
with final as (
    select
        segments.allocation_id,
        cases.case_id,
        cases.verdict_number,
        segments.work_type_id,
        segments.minutes,
        segments.weight,
        segments.is_applied,
        segments.from_date,
        segments.to_date
    from {{ ref('int_allocations__segmented') }} as segments
    inner join {{ ref('int_cases__decided') }} as cases
        on
            segments.policy_id = cases.policy_id
            and segments.cost_kind_id = cases.cost_kind_id
            and segments.work_kind_id = cases.work_kind_id
            and segments.window_state = cases.window_state
            and segments.evidence_tier = cases.evidence_tier
            and segments.is_applied = cases.is_applied
            and segments.is_in_force = cases.is_in_force
            and segments.is_unapproved = cases.is_unapproved
)

select * from final
