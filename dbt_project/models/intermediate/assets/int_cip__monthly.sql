-- Work in progress by month: what comes in, and what leaves it when it is placed in service,
-- abandoned or written off.
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

monthly as (
    select
        assets.component_id,
        assets.entity,
        months.month_number,
        months.month_key,
        case when months.is_first_month then coalesce(opening.cip_amount, 0) else 0 end as opening_amount,
        coalesce(added.amount, 0) as addition_amount,
        coalesce(trued_up.cost_amount, 0) as true_up_amount,
        coalesce(written_off.amount, 0) as impairment_amount,
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
        end as cleared_by
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
    left join {{ ref('int_true_ups__placed') }} as trued_up
        on
            assets.component_id = trued_up.component_id
            and assets.entity = trued_up.entity
            and months.month_number = trued_up.month_number
),

grouped as (
    select
        *,
        sum(case when cleared_by is null then 0 else 1 end) over (
            partition by component_id, entity order by month_number
            rows between unbounded preceding and current row
        ) - case when cleared_by is null then 0 else 1 end as clearing_count
    from monthly
),

gathered as (
    select
        *,
        sum(opening_amount + addition_amount + true_up_amount - impairment_amount) over (
            partition by component_id, entity, clearing_count order by month_number
            rows between unbounded preceding and current row
        ) as gathered_amount
    from grouped
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
        cast(impairment_amount as decimal(18, 2)) as impairment_amount,
        cast(case when cleared_by is null then 0 else gathered_amount end as decimal(18, 2)) as cleared_amount,
        cast(case when cleared_by is null then gathered_amount else 0 end as decimal(18, 2)) as closing_amount
    from gathered
)

select * from final
