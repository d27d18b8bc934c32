-- When each component is ready on each entity's books: by the policy of the month, at the earliest when
-- that policy begins to apply, never ahead of the run month.
with reached as (
    select
        applied.entity,
        ready.component_id,
        applied.policy_id,
        applied.month_key,
        case
            when months.month_index = 0 then ready.ready_date
            else greatest(ready.ready_date, applied.first_date)
        end as ready_date,
        row_number() over (partition by applied.entity, ready.component_id order by applied.month_key) as month_rank
    from {{ ref('int_policies__applied') }} as applied
    inner join {{ source('company', 'months') }} as months on applied.month_key = months.month_key
    inner join {{ ref('int_components__ready') }} as ready
        on applied.policy_id = ready.policy_id and applied.last_date >= ready.ready_date
),

final as (
    select
        entity,
        component_id,
        policy_id,
        month_key,
        ready_date
    from reached
    where month_rank = 1
)

select * from final
