-- Events of an asset that are recorded by the data-as-of; amounts go to the component's owning entity,
-- a change of life and a disposal to every entity that carries a part of it.
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

final as (
    select
        events.event_id,
        ranked.component_id,
        ranked.entity,
        events.event as event_type,
        case when events.event = 'impairment' then events.amount end as amount,
        case when ranked.owner_rank = 1 then coalesce(events.proceeds, 0) else 0 end as proceeds_amount,
        events.remaining_months,
        {{ month_ordinal('events.effective_date') }} as month_number,
        coalesce({{ month_ordinal('events.effective_date') }} >= ranked.placed_number, false) as is_in_service,
        ranked.minor_digits,
        events.effective_date
    from {{ source('company', 'asset_events') }} as events
    cross join {{ source('company', 'settings') }} as settings
    inner join ranked on events.component_id = ranked.component_id
    where
        (settings.as_of_at is null or events.recorded_at <= settings.as_of_at)
        and {{ month_ordinal('events.effective_date') }} between ranked.first_number and ranked.run_number
        and (events.event in ('disposal', 'life_change') or (events.event = 'impairment' and ranked.owner_rank = 1))
)

select * from final
