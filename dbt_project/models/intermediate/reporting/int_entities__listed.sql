-- Legal entities with their countries.
with final as (
    select
        entity,
        name as entity_name,
        country,
        functional_currency as currency_code
    from {{ source('company', 'entities') }}
)

select * from final
