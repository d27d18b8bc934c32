{{ config(materialized='view') }}

-- Life and convention of each component under each policy: its own, else its class's, else the policy's.
with final as (
    select
        policies.policy_id,
        components.component_id,
        coalesce(components.life_months, class_lives.life_months, policies.default_life_months) as life_months,
        coalesce(components.convention, policies.default_convention) as convention
    from {{ source('company', 'components') }} as components
    cross join {{ source('company', 'policies') }} as policies
    left join {{ source('company', 'policy_class_lives') }} as class_lives
        on
            policies.policy_id = class_lives.policy_id
            and coalesce(components.asset_class, 'software') = class_lives.asset_class
)

select * from final
