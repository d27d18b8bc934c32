-- Events of an asset that are recorded by the data-as-of; amounts go to the component's owning entity,
-- a change of life, a disposal and an estimate of revenue to every entity that carries a part of it.
-- Revenue and net realisable value speak of software to be sold only (985-20-35).
with ranked as (
    select
        assets.*,
        row_number() over (
            partition by assets.component_id
            order by case when assets.entity = components.entity then 0 else 1 end, assets.entity
        ) as owner_rank
    from {{ ref('int_assets__listed') }} as assets
    left join {{ source('company', 'components') }} as components on assets.component_id = components.component_id
),

-- An event that no closing has counted is booked in the first open month at the earliest.
booked as (
    select
        events.*,
        case
            when opened.first_open_date is null then events.effective_date
            else greatest(events.effective_date, opened.first_open_date)
        end as booked_date
    from {{ source('company', 'asset_events') }} as events
    cross join (select {{ first_open_date() }} as first_open_date) as opened
    where events.event_id not in (select frozen.event_id from {{ source('closed', 'fct_asset_events') }} as frozen)
),

counted as (
    select
        events.event_id,
        ranked.component_id,
        ranked.entity,
        events.event as event_type,
        case when events.event in ('impairment', 'net_realizable') then events.amount end as amount,
        case when ranked.owner_rank = 1 then coalesce(events.proceeds, 0) else 0 end as proceeds_amount,
        events.remaining_months,
        coalesce(events.current_revenue, 0) as current_revenue_amount,
        coalesce(events.future_revenue, 0) as future_revenue_amount,
        {{ month_ordinal('events.booked_date') }} as month_number,
        coalesce({{ month_ordinal('events.booked_date') }} >= ranked.placed_number, false) as is_in_service,
        ranked.minor_digits,
        events.effective_date
    from booked as events
    cross join {{ source('company', 'settings') }} as settings
    inner join ranked on events.component_id = ranked.component_id
    left join {{ source('company', 'policies') }} as policies on ranked.policy_id = policies.policy_id
    where
        (settings.as_of_at is null or events.recorded_at <= settings.as_of_at)
        and {{ month_ordinal('events.booked_date') }} between ranked.first_number and ranked.run_number
        and (
            events.event in ('disposal', 'life_change')
            or (events.event = 'impairment' and ranked.owner_rank = 1)
            or (events.event = 'revenue_estimate' and policies.framework = 'US_985_20')
            or (events.event = 'net_realizable' and policies.framework = 'US_985_20' and ranked.owner_rank = 1)
        )
),

final as (
    select * from counted
    union all
    select
        frozen.event_id,
        frozen.component_id,
        frozen.entity,
        frozen.event_type,
        frozen.amount,
        frozen.proceeds_amount,
        frozen.remaining_months,
        frozen.current_revenue_amount,
        frozen.future_revenue_amount,
        months.month_number,
        frozen.is_in_service,
        currencies.minor_digits,
        frozen.effective_date
    from {{ source('closed', 'fct_asset_events') }} as frozen
    inner join {{ ref('int_months__numbered') }} as months on frozen.month_key = months.month_key
    inner join {{ source('company', 'entities') }} as entities on frozen.entity = entities.entity
    inner join {{ source('company', 'currencies') }} as currencies
        on entities.functional_currency = currencies.currency_code
)

select * from final
