-- Work in progress by month: what comes in, and what leaves it when it is placed in service, abandoned or
-- written off. What a transition derecognises is the balance of the month before.
with added as (
    select
        component_id,
        entity,
        month_key,
        sum(amount) as amount
    from {{ ref('int_assets__additions') }}
    group by component_id, entity, month_key
),

written_off as (
    select
        component_id,
        entity,
        month_number,
        sum(coalesce(amount, 0)) as amount,
        sum(case when amount is null then 1 else 0 end) as total_count
    from {{ ref('int_asset_events__counted') }}
    where event_type = 'impairment' and not is_in_service
    group by component_id, entity, month_number
),

worth as (
    select
        component_id,
        entity,
        month_number,
        min(amount) as realisable_amount
    from {{ ref('int_asset_events__counted') }}
    where event_type = 'net_realizable' and not is_in_service
    group by component_id, entity, month_number
),

monthly as (
    select
        assets.component_id,
        assets.entity,
        months.month_number,
        months.month_key,
        case when months.is_first_month then coalesce(opening.cip_amount, 0) else 0 end as opening_amount,
        coalesce(added.amount, 0) as addition_amount,
        coalesce(trued_up.cost_amount, 0) as true_up_amount,
        coalesce(restated.cost_amount, 0) as restated_amount,
        coalesce(written_off.amount, 0) as impairment_amount,
        worth.realisable_amount,
        case
            when
                assets.abandoned_date is not null
                and {{ month_ordinal('assets.abandoned_date') }} = months.month_number
                and (assets.ready_date is null or assets.abandoned_date < assets.ready_date)
                then 'abandonment'
            when months.month_number >= assets.placed_number then 'transfer_to_service'
            when
                assets.disposed_date is not null
                and {{ month_ordinal('assets.disposed_date') }} = months.month_number
                then 'disposal'
            when coalesce(written_off.total_count, 0) > 0 then 'impairment'
        end as cleared_by,
        coalesce(restated.is_derecognised, false)
        and months.month_number < coalesce(assets.placed_number, months.month_number + 1) as is_derecognised
    from {{ ref('int_assets__listed') }} as assets
    inner join {{ ref('int_months__numbered') }} as months
        on months.month_number between assets.first_number and assets.run_number
    left join {{ ref('int_assets__opening') }} as opening
        on assets.component_id = opening.component_id and assets.entity = opening.entity
    left join added
        on
            assets.component_id = added.component_id
            and assets.entity = added.entity
            and months.month_key = added.month_key
    left join written_off
        on
            assets.component_id = written_off.component_id
            and assets.entity = written_off.entity
            and months.month_number = written_off.month_number
    left join worth
        on
            assets.component_id = worth.component_id
            and assets.entity = worth.entity
            and months.month_number = worth.month_number
    left join {{ ref('int_true_ups__placed') }} as trued_up
        on
            assets.component_id = trued_up.component_id
            and assets.entity = trued_up.entity
            and months.month_number = trued_up.month_number
    left join {{ ref('int_transitions__valued') }} as restated
        on
            assets.component_id = restated.component_id
            and assets.entity = restated.entity
            and months.month_number = restated.month_number
),

grouped as (
    select
        *,
        sum(case when cleared_by is null then 0 else 1 end) over (
            partition by component_id, entity order by month_number
            rows between unbounded preceding and current row
        ) - case when cleared_by is null then 0 else 1 end + sum(case when is_derecognised then 1 else 0 end) over (
            partition by component_id, entity order by month_number
            rows between unbounded preceding and current row
        ) as clearing_count
    from monthly
),

gathered as (
    select
        *,
        sum(opening_amount + addition_amount + true_up_amount + restated_amount - impairment_amount) over (
            partition by component_id, entity, clearing_count order by month_number
            rows between unbounded preceding and current row
        ) as gathered_amount
    from grouped
),

-- Written down to net realisable value, never up again: what all such values so far have taken off.
capped as (
    select
        *,
        greatest(coalesce(max(gathered_amount - realisable_amount) over (
            partition by component_id, entity, clearing_count order by month_number
            rows between unbounded preceding and current row
        ), 0), 0) as written_down_amount
    from gathered
),

closed as (
    select
        *,
        written_down_amount - lag(written_down_amount, 1, 0) over (
            partition by component_id, entity, clearing_count order by month_number
        ) as write_down_amount,
        case when cleared_by is null then 0 else gathered_amount - written_down_amount end as cleared_amount,
        case when cleared_by is null then gathered_amount - written_down_amount else 0 end as closing_amount
    from capped
),

final as (
    select
        component_id,
        entity,
        month_key,
        cleared_by,
        month_number,
        cast(opening_amount as decimal(18, 2)) as opening_amount,
        cast(addition_amount as decimal(18, 2)) as addition_amount,
        cast(true_up_amount as decimal(18, 2)) as true_up_amount,
        cast(
            restated_amount - case
                when is_derecognised
                    then lag(closing_amount, 1, opening_amount) over (
                        partition by component_id, entity order by month_number
                    )
                else 0
            end
            as decimal(18, 2)
        ) as transition_amount,
        cast(impairment_amount + write_down_amount as decimal(18, 2)) as impairment_amount,
        cast(cleared_amount as decimal(18, 2)) as cleared_amount,
        cast(closing_amount as decimal(18, 2)) as closing_amount
    from closed
)

select * from final
