-- Months in which an entity goes over from ASC 350-40 to its amended form (ASU 2025-06), with the transition chosen.
with followed as (
    select
        *,
        lag(framework) over (partition by entity order by month_key) as earlier_framework
    from {{ ref('int_policies__applied') }}
),

final as (
    select
        followed.entity,
        followed.month_key,
        followed.policy_id,
        policies.transition as transition_type,
        months.month_number,
        followed.first_date
    from followed
    inner join {{ source('company', 'policies') }} as policies on followed.policy_id = policies.policy_id
    inner join {{ ref('int_months__numbered') }} as months on followed.month_key = months.month_key
    where followed.framework = 'US_350_40_ASU2025_06' and followed.earlier_framework = 'US_350_40_LEGACY'
)

select * from final
