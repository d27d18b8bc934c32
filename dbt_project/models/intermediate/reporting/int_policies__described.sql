-- The policies that apply in the run month, with their entities.
with applied as (
    select
        applied.entity,
        applied.policy_id
    from {{ ref('int_policies__applied') }} as applied
    inner join {{ source('company', 'months') }} as months
        on applied.month_key = months.month_key and months.is_run_month
),

final as (
    select
        policies.policy_id,
        {{ dbt.listagg('applied.entity', "', '", 'order by applied.entity') }} as entities,
        policies.framework,
        policies.status,
        policies.approved_by,
        cast(policies.version as integer) as policy_version,
        policies.approved_on,
        policies.effective_from
    from {{ source('company', 'policies') }} as policies
    inner join applied on policies.policy_id = applied.policy_id
    group by
        policies.policy_id, policies.framework, policies.status, policies.approved_by, policies.version,
        policies.approved_on, policies.effective_from
)

select * from final
