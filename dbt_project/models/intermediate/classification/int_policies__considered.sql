-- The policies under which each month is decided: the one that applies, and for entities under ASC 350-40 its
-- counterpart before or after ASU 2025-06, as if it were in force, for the adoption paper.
with versions as (
    select
        policy_id,
        framework,
        case framework
            when 'US_350_40_LEGACY' then 'US_350_40_ASU2025_06'
            when 'US_350_40_ASU2025_06' then 'US_350_40_LEGACY'
        end as counterpart_framework
    from {{ source('company', 'policies') }}
),

-- The counterpart that the entity itself has been assigned, else the first by name.
ranked as (
    select
        applied.entity,
        applied.policy_id,
        counterparts.policy_id as counterpart_id,
        row_number() over (
            partition by applied.entity, applied.policy_id
            order by
                case when max(assignments.policy_id) is null then 1 else 0 end,
                max(assignments.from_month) desc,
                counterparts.policy_id
        ) as choice
    from {{ ref('int_policies__applied') }} as applied
    inner join versions on applied.policy_id = versions.policy_id
    inner join versions as counterparts on versions.counterpart_framework = counterparts.framework
    left join {{ source('company', 'policy_assignments') }} as assignments
        on applied.entity = assignments.entity and counterparts.policy_id = assignments.policy_id
    group by applied.entity, applied.policy_id, counterparts.policy_id
),

final as (
    select
        entity,
        month_key,
        policy_id,
        true as is_applied,
        first_date,
        last_date
    from {{ ref('int_policies__applied') }}
    union all
    select
        applied.entity,
        applied.month_key,
        ranked.counterpart_id as policy_id,
        false as is_applied,
        applied.first_date,
        applied.last_date
    from {{ ref('int_policies__applied') }} as applied
    inner join ranked
        on applied.entity = ranked.entity and applied.policy_id = ranked.policy_id and ranked.choice = 1
)

select * from final
