-- Months in which an asset in service leaves the books, with the way it goes.
with leaving as (
    select
        component_id,
        entity,
        month_number,
        'disposal' as end_type,
        proceeds_amount
    from {{ ref('int_asset_events__counted') }}
    where event_type = 'disposal'
    union all
    select
        component_id,
        entity,
        {{ month_ordinal('disposed_date') }} as month_number,
        'disposal' as end_type,
        0 as proceeds_amount
    from {{ ref('int_assets__listed') }}
    where disposed_date is not null
    union all
    select
        component_id,
        entity,
        {{ month_ordinal('abandoned_date') }} as month_number,
        'abandonment' as end_type,
        0 as proceeds_amount
    from {{ ref('int_assets__listed') }}
    where abandoned_date is not null and abandoned_date >= ready_date
),

final as (
    select
        leaving.component_id,
        leaving.entity,
        leaving.month_number,
        max(leaving.end_type) as end_type,
        cast(sum(leaving.proceeds_amount) as decimal(18, 2)) as proceeds_amount
    from leaving
    inner join {{ ref('int_assets__listed') }} as assets
        on leaving.component_id = assets.component_id and leaving.entity = assets.entity
    where leaving.month_number >= assets.placed_number
    group by leaving.component_id, leaving.entity, leaving.month_number
)

select * from final
