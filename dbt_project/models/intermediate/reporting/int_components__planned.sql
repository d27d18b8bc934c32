-- The budget of each component in the functional currency of its entity.
with final as (
    select
        components.component_id,
        components.budget as budget_amount,
        entities.functional_currency as currency_code
    from {{ source('company', 'components') }} as components
    left join {{ source('company', 'entities') }} as entities
        on components.entity = entities.entity
)

select * from final
