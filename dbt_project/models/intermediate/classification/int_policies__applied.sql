with assigned as (
    select
        entities.entity,
        entities.functional_currency as currency_code,
        months.month_key,
        months.first_date,
        months.last_date,
        max(policy_assignments.from_month) as from_month
    from {{ source('company', 'entities') }} as entities
    cross join {{ source('company', 'months') }} as months
    left join {{ source('company', 'policy_assignments') }} as policy_assignments
        on
            entities.entity = policy_assignments.entity
            and months.month_key >= policy_assignments.from_month
    group by entities.entity, entities.functional_currency, months.month_key, months.first_date, months.last_date
),

final as (
    select
        assigned.entity,
        assigned.month_key,
        coalesce(policies.policy_id, 'NONE') as policy_id,
        coalesce(policies.framework, 'NONE') as framework,
        coalesce(policies.status, 'draft') as status,
        coalesce(policies.content_hash, 'NONE') as policy_hash,
        assigned.currency_code,
        currencies.minor_digits,
        coalesce(policies.version, 0) as policy_version,
        coalesce(policies.framework, 'NONE') not in ('MGMT_VIEW', 'NONE') as is_book,
        assigned.first_date,
        assigned.last_date
    from assigned
    inner join {{ source('company', 'currencies') }} as currencies
        on assigned.currency_code = currencies.currency_code
    left join {{ source('company', 'policy_assignments') }} as policy_assignments
        on assigned.entity = policy_assignments.entity and assigned.from_month = policy_assignments.from_month
    left join {{ source('company', 'policies') }} as policies
        on policy_assignments.policy_id = policies.policy_id
)

select * from final
