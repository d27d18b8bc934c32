with chosen as (
    select
        policy_gates.policy_id,
        gates.component_id,
        policy_gates.gate_role,
        gates.gate,
        gates.subject,
        gates.effective_date
    from {{ source('company', 'policy_gates') }} as policy_gates
    inner join {{ ref('int_gates__counted') }} as gates on policy_gates.gate = gates.gate
    inner join {{ source('company', 'policies') }} as policies on policy_gates.policy_id = policies.policy_id
    where
        policy_gates.gate_role <> 'ready'
        and not (policy_gates.gate_role = 'stop' and policy_gates.gate in (policies.ready_gate, 'disposed'))
),

-- Readiness ends the window for good, whatever the stop gates say.
completed as (
    select
        policy_id,
        component_id,
        'ready' as gate_role,
        'ready' as gate,
        '' as subject,
        ready_date as effective_date
    from {{ ref('int_components__ready') }}
),

-- Work on live software that adds no function is maintenance of its parent (350-40-25-7, 25-10).
of_live_parent as (
    select
        ready.policy_id,
        components.component_id,
        'ready' as gate_role,
        'parent_ready' as gate,
        '' as subject,
        ready.ready_date as effective_date
    from {{ source('company', 'components') }} as components
    inner join {{ ref('int_components__ready') }} as ready
        on components.parent_component_id = ready.component_id
    where not components.adds_functionality
),

-- What was disposed of takes no further cost, whether the policy says so or not.
gone as (
    select
        policies.policy_id,
        gates.component_id,
        'stop' as gate_role,
        gates.gate,
        '' as subject,
        gates.effective_date
    from {{ ref('int_gates__counted') }} as gates
    cross join {{ source('company', 'policies') }} as policies
    where gates.gate = 'disposed'
),

final as (
    select * from chosen
    union all
    select * from gone
    union all
    select * from completed
    union all
    select * from of_live_parent
)

select * from final
