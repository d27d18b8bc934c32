-- Every distinct combination of attributes that a policy has to decide on.
with listed as (
    select distinct policy_id, {{ rule_attributes().values() | join(', ') }}
    from {{ ref('int_cases__described') }}
    where is_in_force
),

final as (
    select
        cast(
            row_number() over (order by policy_id, {{ rule_attributes().values() | join(', ') }}) as bigint
        ) as rule_subject_id,
        *
    from listed
)

select * from final
