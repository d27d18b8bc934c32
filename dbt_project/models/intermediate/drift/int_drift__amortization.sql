-- Amortisation of closed months on the cost that was closed, with life, convention and readiness of today.
-- An asset that was impaired, given another life or taken over in service follows its events instead.
with closed_costs as (
    select
        component_id,
        entity,
        month_key,
        sum(amount) as cost_amount
    from {{ source('closed', 'fct_asset_movements') }}
    where movement_type = 'closing' and balance in ('cip', 'gross')
    group by component_id, entity, month_key
),

compared as (
    select
        assets.month_key,
        assets.entity,
        assets.component_id,
        assets.currency_code,
        months.month_number,
        assets.amortization_start_date as closed_start_date,
        assets.life_months as closed_life_months,
        assets.convention as closed_convention,
        case when started.amortization_start_date <= months.last_date then started.amortization_start_date end
            as today_start_date,
        lives.life_months as today_life_months,
        lives.convention as today_convention,
        greatest(started.amortization_start_date, books.first_date) as curve_start_date,
        {{ to_minor('costs.cost_amount', 2) }} as cost_minor,
        coalesce(booked.amortization_amount, 0) as closed_amount,
        settings.fiscal_year_start_month
    from {{ source('closed', 'fct_assets') }} as assets
    cross join {{ source('company', 'settings') }} as settings
    cross join (select min(first_date) as first_date from {{ source('company', 'months') }}) as books
    inner join {{ ref('int_months__numbered') }} as months on assets.month_key = months.month_key
    inner join closed_costs as costs
        on
            assets.component_id = costs.component_id
            and assets.entity = costs.entity
            and assets.month_key = costs.month_key
    inner join {{ ref('int_components__lives') }} as lives
        on assets.policy_id = lives.policy_id and assets.component_id = lives.component_id
    left join {{ ref('int_assets__started') }} as started
        on assets.entity = started.entity and assets.component_id = started.component_id
    left join {{ source('closed', 'fct_amortization') }} as booked
        on
            assets.component_id = booked.component_id
            and assets.entity = booked.entity
            and assets.month_key = booked.month_key
    left join {{ ref('int_assets__opening') }} as opening
        on assets.component_id = opening.component_id and assets.entity = opening.entity
    where
        assets.abandoned_date is null
        and assets.disposed_date is null
        and not coalesce(opening.is_in_service, false)
        and not exists (
            select 1
            from {{ source('company', 'asset_events') }} as events
            where
                events.component_id = assets.component_id
        )
),

changed as (
    select
        *,
        coalesce(closed_start_date, cast('9999-12-31' as date))
        <> coalesce(today_start_date, cast('9999-12-31' as date))
            as is_start_changed
    from compared
),

measured as (
    select
        *,
        {% for name, ordinal in [('units_through', 'month_number'), ('units_before', '(month_number - 1)')] -%}
        {{ amortisation_units(
            'today_convention', 'curve_start_date', 'today_life_months', ordinal, 'fiscal_year_start_month'
        ) }} as {{ name }},
        {% endfor -%}
        {{ amortisation_units_total(
            'today_convention', 'curve_start_date', 'today_life_months', 'fiscal_year_start_month'
        ) }} as units_total
    from changed
    where is_start_changed or closed_life_months <> today_life_months or closed_convention <> today_convention
),

valued as (
    select
        *,
        case
            when today_start_date is null then 0
            else {{ from_minor(
                consumed_minor('cost_minor', 'units_through', 'units_total') ~ ' - '
                ~ consumed_minor('cost_minor', 'units_before', 'units_total'), 2
            ) }}
        end as today_amount
    from measured
),

final as (
    select
        month_key,
        entity,
        component_id,
        case when is_start_changed then 'gate' else 'life' end as cause,
        currency_code,
        today_life_months,
        cast(closed_amount as decimal(18, 2)) as closed_amount,
        cast(today_amount as decimal(18, 2)) as today_amount
    from valued
    where closed_amount <> today_amount
)

select * from final
