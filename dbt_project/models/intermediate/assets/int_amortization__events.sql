-- What changes the base or the curve of an asset's amortisation, in order; each starts a segment.
-- A disposal or an impairment takes effect after the charge of its month (ruling 16).
with assets as (
    select * from {{ ref('int_assets__listed') }}
),

taken_over as (
    select
        assets.component_id,
        assets.entity,
        'opening' as event_type,
        3 as event_rank,
        assets.first_number as start_number,
        {{ to_minor('(opening.gross_amount - opening.accumulated_amount)', 'assets.minor_digits') }} as delta_minor,
        'full_month' as curve_convention,
        assets.first_date as curve_start_date,
        greatest(
            coalesce(
                opening.remaining_months,
                assets.life_months - (assets.first_number - {{ month_ordinal('opening.ready_date') }}),
                assets.life_months
            ),
            1
        ) as curve_life,
        false as is_total
    from assets
    inner join {{ ref('int_assets__opening') }} as opening
        on assets.component_id = opening.component_id and assets.entity = opening.entity
    where opening.is_in_service
),

placed as (
    select
        cip.component_id,
        cip.entity,
        'placed' as event_type,
        4 as event_rank,
        cip.month_number as start_number,
        {{ to_minor('cip.cleared_amount', 'assets.minor_digits') }} as delta_minor,
        cast(null as varchar) as curve_convention,
        cast(null as date) as curve_start_date,
        cast(null as integer) as curve_life,
        false as is_total
    from {{ ref('int_cip__monthly') }} as cip
    inner join assets on cip.component_id = assets.component_id and cip.entity = assets.entity
    where cip.cleared_by = 'transfer_to_service' and cip.cleared_amount <> 0
),

-- A life that is changed while the asset waits for others is the life with which it starts.
waiting as (
    select
        counted.component_id,
        counted.entity,
        counted.remaining_months,
        row_number() over (
            partition by counted.component_id, counted.entity order by counted.month_number desc, counted.event_id desc
        ) as recency
    from {{ ref('int_asset_events__counted') }} as counted
    inner join assets on counted.component_id = assets.component_id and counted.entity = assets.entity
    where
        counted.event_type = 'life_change'
        and counted.is_in_service
        and counted.month_number < {{ month_ordinal('assets.amortization_start_date') }}
),

begun as (
    select
        assets.component_id,
        assets.entity,
        'begin' as event_type,
        5 as event_rank,
        greatest({{ month_ordinal('assets.amortization_start_date') }}, assets.first_number) as start_number,
        cast(0 as bigint) as delta_minor,
        assets.convention as curve_convention,
        greatest(assets.amortization_start_date, assets.first_date) as curve_start_date,
        coalesce(waiting.remaining_months, assets.life_months) as curve_life,
        false as is_total
    from assets
    left join taken_over on assets.component_id = taken_over.component_id and assets.entity = taken_over.entity
    left join waiting
        on assets.component_id = waiting.component_id and assets.entity = waiting.entity and waiting.recency = 1
    where assets.amortization_start_date is not null and taken_over.component_id is null
),

changed as (
    select
        counted.component_id,
        counted.entity,
        'life_change' as event_type,
        6 as event_rank,
        counted.month_number as start_number,
        cast(0 as bigint) as delta_minor,
        'full_month' as curve_convention,
        {{ ordinal_date('counted.month_number') }} as curve_start_date,
        counted.remaining_months as curve_life,
        false as is_total
    from {{ ref('int_asset_events__counted') }} as counted
    inner join assets on counted.component_id = assets.component_id and counted.entity = assets.entity
    left join taken_over on counted.component_id = taken_over.component_id and counted.entity = taken_over.entity
    where
        counted.event_type = 'life_change'
        and counted.is_in_service
        and (
            taken_over.component_id is not null
            or counted.month_number >= {{ month_ordinal('assets.amortization_start_date') }}
        )
),

impaired as (
    select
        component_id,
        entity,
        'impairment' as event_type,
        1 as event_rank,
        month_number + 1 as start_number,
        -{{ to_minor('coalesce(amount, 0)', 'minor_digits') }} as delta_minor,
        cast(null as varchar) as curve_convention,
        cast(null as date) as curve_start_date,
        cast(null as integer) as curve_life,
        amount is null as is_total
    from {{ ref('int_asset_events__counted') }}
    where event_type = 'impairment' and is_in_service
),

ended as (
    select
        component_id,
        entity,
        'end' as event_type,
        2 as event_rank,
        month_number + 1 as start_number,
        cast(0 as bigint) as delta_minor,
        cast(null as varchar) as curve_convention,
        cast(null as date) as curve_start_date,
        cast(null as integer) as curve_life,
        true as is_total
    from {{ ref('int_assets__ended') }}
),

trued_up as (
    select
        placed.component_id,
        placed.entity,
        'true_up' as event_type,
        7 as event_rank,
        placed.month_number as start_number,
        -{{ to_minor('placed.accumulated_amount', 'assets.minor_digits') }} as delta_minor,
        case when placed.is_life_changed then assets.convention end as curve_convention,
        case when placed.is_life_changed then assets.amortization_start_date end as curve_start_date,
        relived.life_months as curve_life,
        false as is_total
    from {{ ref('int_true_ups__placed') }} as placed
    inner join assets on placed.component_id = assets.component_id and placed.entity = assets.entity
    left join {{ ref('int_true_ups__relived') }} as relived
        on
            placed.component_id = relived.component_id
            and placed.entity = relived.entity
            and placed.month_number = relived.month_number
    where placed.accumulated_amount <> 0
),

restated as (
    select
        valued.component_id,
        valued.entity,
        'true_up' as event_type,
        7 as event_rank,
        valued.month_number as start_number,
        -{{ to_minor('valued.accumulated_amount', 'assets.minor_digits') }} as delta_minor,
        cast(null as varchar) as curve_convention,
        cast(null as date) as curve_start_date,
        cast(null as integer) as curve_life,
        false as is_total
    from {{ ref('int_transitions__valued') }} as valued
    inner join assets on valued.component_id = assets.component_id and valued.entity = assets.entity
    where valued.accumulated_amount <> 0
),

written_down as (
    select
        component_id,
        entity,
        'net_realizable' as event_type,
        1 as event_rank,
        month_number + 1 as start_number,
        {{ to_minor('amount', 'minor_digits') }} as delta_minor,
        cast(null as varchar) as curve_convention,
        cast(null as date) as curve_start_date,
        cast(null as integer) as curve_life,
        false as is_total
    from {{ ref('int_asset_events__counted') }}
    where event_type = 'net_realizable' and is_in_service
),

every as (
    select * from taken_over
    union all
    select * from placed
    union all
    select * from begun
    union all
    select * from changed
    union all
    select * from impaired
    union all
    select * from ended
    union all
    select * from trued_up
    union all
    select * from restated
    union all
    select * from written_down
),

every_with_revenue as (
    select
        *,
        cast(null as bigint) as current_revenue_minor,
        cast(null as bigint) as future_revenue_minor
    from every
    union all
    select
        component_id,
        entity,
        event_type,
        case when event_type = 'year' then 8 else 9 end as event_rank,
        start_number,
        cast(0 as bigint) as delta_minor,
        cast(null as varchar) as curve_convention,
        cast(null as date) as curve_start_date,
        cast(null as integer) as curve_life,
        false as is_total,
        current_revenue_minor,
        future_revenue_minor
    from {{ ref('int_amortization__estimated') }}
),

final as (
    select
        *,
        cast(
            row_number() over (
                partition by component_id, entity
                order by
                    start_number asc, event_rank asc, delta_minor asc nulls last, curve_life asc nulls last,
                    current_revenue_minor asc nulls last, future_revenue_minor asc nulls last
            ) as integer
        ) as segment_number
    from every_with_revenue
)

select * from final
