-- Estimates of a product's revenue (985-20-35-1): each rules the fiscal year of its day, from its month or the start
-- of amortisation, and the straight line begins anew with the years around it.
with assets as (
    select
        listed.component_id,
        listed.entity,
        listed.minor_digits,
        listed.fiscal_year_start_month,
        case
            when coalesce(opening.is_in_service, false) then listed.first_number
            else greatest({{ month_ordinal('listed.amortization_start_date') }}, listed.first_number)
        end as first_number
    from {{ ref('int_assets__listed') }} as listed
    left join {{ ref('int_assets__opening') }} as opening
        on listed.component_id = opening.component_id and listed.entity = opening.entity
    where opening.is_in_service or listed.amortization_start_date is not null
),

placed as (
    select
        counted.component_id,
        counted.entity,
        assets.first_number,
        assets.fiscal_year_start_month,
        greatest(counted.month_number, assets.first_number) as start_number,
        {{ month_ordinal('counted.effective_date') }} as effective_number,
        {{ to_minor('counted.current_revenue_amount', 'counted.minor_digits') }} as current_revenue_minor,
        {{ to_minor('counted.future_revenue_amount', 'counted.minor_digits') }} as future_revenue_minor
    from {{ ref('int_asset_events__counted') }} as counted
    inner join assets on counted.component_id = assets.component_id and counted.entity = assets.entity
    where
        counted.event_type = 'revenue_estimate'
        and counted.current_revenue_amount + counted.future_revenue_amount > 0
),

bounded as (
    select
        *,
        start_number + {{ months_left_in_year('start_number', 'fiscal_year_start_month') }} as next_year_number,
        effective_number + {{ months_left_in_year('effective_number', 'fiscal_year_start_month') }}
            as year_after_number
    from placed
),

-- An estimate of a year that is over, or that ends before amortisation begins, comes too late or too early.
estimated as (
    select * from bounded
    where next_year_number = year_after_number
),

years as (
    select
        component_id,
        entity,
        next_year_number - 12 as start_number
    from estimated
    where next_year_number - 12 > first_number
    union
    select
        component_id,
        entity,
        next_year_number as start_number
    from estimated
),

final as (
    select
        component_id,
        entity,
        'estimate' as event_type,
        start_number,
        current_revenue_minor,
        future_revenue_minor
    from estimated
    union all
    select
        component_id,
        entity,
        'year' as event_type,
        start_number,
        cast(null as bigint) as current_revenue_minor,
        cast(null as bigint) as future_revenue_minor
    from years
)

select * from final
