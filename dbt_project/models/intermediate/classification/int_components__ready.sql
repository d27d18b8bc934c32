-- The day a component is ready for its intended use, by each policy's own gate.
with recorded as (
    select
        policies.policy_id,
        gates.component_id,
        min(gates.effective_date) as ready_date
    from {{ source('company', 'policies') }} as policies
    inner join {{ ref('int_gates__counted') }} as gates on policies.ready_gate = gates.gate
    group by policies.policy_id, gates.component_id
),

taken_over as (
    select
        policies.policy_id,
        opening.component_id,
        coalesce(opening.ready_date, months.first_date) as ready_date
    from {{ source('company', 'opening_balances') }} as opening
    inner join {{ source('company', 'months') }} as months on opening.month = months.month_key
    cross join {{ source('company', 'policies') }} as policies
    where coalesce(opening.gross_amount, 0) <> 0
),

final as (
    select
        policy_id,
        component_id,
        min(ready_date) as ready_date
    from (
        select * from recorded
        union all
        select * from taken_over
    ) as ready
    group by policy_id, component_id
)

select * from final
