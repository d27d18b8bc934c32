-- Balances taken over at the start of the books, with the entity that carries them.
with owners as (
    select
        opening.component_id,
        coalesce(
            max(components.entity),
            min(case when entities.functional_currency = opening.currency then entities.entity end),
            min(entities.entity)
        ) as entity
    from {{ source('company', 'opening_balances') }} as opening
    cross join {{ source('company', 'entities') }} as entities
    left join {{ source('company', 'components') }} as components on opening.component_id = components.component_id
    group by opening.component_id
),

final as (
    select
        opening.component_id,
        owners.entity,
        opening.month as month_key,
        opening.currency as currency_code,
        cast(coalesce(opening.cip_amount, 0) as decimal(18, 2)) as cip_amount,
        cast(coalesce(opening.gross_amount, 0) as decimal(18, 2)) as gross_amount,
        cast(coalesce(opening.accumulated_amount, 0) as decimal(18, 2)) as accumulated_amount,
        opening.remaining_months,
        coalesce(opening.gross_amount, 0) <> 0 as is_in_service,
        opening.ready_date
    from {{ source('company', 'opening_balances') }} as opening
    inner join owners on opening.component_id = owners.component_id
)

select * from final
