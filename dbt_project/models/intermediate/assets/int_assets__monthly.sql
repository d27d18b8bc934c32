-- Cost and accumulated amortisation of every asset by month, from its first month to the run month.
with ends as (
    select
        assets.component_id,
        assets.entity,
        assets.minor_digits,
        assets.first_number,
        assets.run_number
    from {{ ref('int_assets__listed') }} as assets
),

charged as (
    select
        component_id,
        entity,
        month_number,
        sum(charge_minor) as charge_minor
    from {{ ref('int_amortization__monthly') }}
    where not is_after_run_month
    group by component_id, entity, month_number
),

impaired as (
    select
        component_id,
        entity,
        start_number - 1 as month_number,
        sum(impairment_minor) as impairment_minor
    from {{ ref('int_amortization__segments') }}
    where event_type in ('impairment', 'net_realizable')
    group by component_id, entity, start_number - 1
),

moved as (
    select
        ends.component_id,
        ends.entity,
        months.month_key,
        ended.end_type,
        months.month_number,
        case when months.is_first_month then coalesce(opening.gross_amount, 0) else 0 end as gross_taken_over,
        case when months.is_first_month then coalesce(opening.accumulated_amount, 0) else 0 end
            as accumulated_taken_over,
        case when cip.cleared_by = 'transfer_to_service' then cip.cleared_amount else 0 end as transfer_amount,
        coalesce({{ from_minor('charged.charge_minor', 'ends.minor_digits') }}, 0) as amortization_amount,
        coalesce({{ from_minor('impaired.impairment_minor', 'ends.minor_digits') }}, 0) as impairment_amount,
        coalesce(trued_up.accumulated_amount, 0) as true_up_amount,
        coalesce(restated.accumulated_amount, 0) as transition_amount,
        coalesce(ended.proceeds_amount, 0) as proceeds_amount,
        count(ended.month_number) over (
            partition by ends.component_id, ends.entity order by months.month_number
            rows between unbounded preceding and current row
        ) - count(ended.month_number) over (
            partition by ends.component_id, ends.entity order by months.month_number
            rows between current row and current row
        ) as life_number
    from ends
    inner join {{ ref('int_months__numbered') }} as months
        on months.month_number between ends.first_number and ends.run_number
    inner join {{ ref('int_cip__monthly') }} as cip
        on
            ends.component_id = cip.component_id
            and ends.entity = cip.entity
            and months.month_number = cip.month_number
    left join {{ ref('int_assets__opening') }} as opening
        on ends.component_id = opening.component_id and ends.entity = opening.entity
    left join charged
        on
            ends.component_id = charged.component_id
            and ends.entity = charged.entity
            and months.month_number = charged.month_number
    left join impaired
        on
            ends.component_id = impaired.component_id
            and ends.entity = impaired.entity
            and months.month_number = impaired.month_number
    left join {{ ref('int_true_ups__placed') }} as trued_up
        on
            ends.component_id = trued_up.component_id
            and ends.entity = trued_up.entity
            and months.month_number = trued_up.month_number
    left join {{ ref('int_transitions__valued') }} as restated
        on
            ends.component_id = restated.component_id
            and ends.entity = restated.entity
            and months.month_number = restated.month_number
    left join {{ ref('int_assets__ended') }} as ended
        on
            ends.component_id = ended.component_id
            and ends.entity = ended.entity
            and months.month_number = ended.month_number
),

summed as (
    select
        *,
        sum(gross_taken_over + transfer_amount) over (
            partition by component_id, entity, life_number order by month_number
            rows between unbounded preceding and current row
        ) as gross_before_end,
        sum(
            accumulated_taken_over + amortization_amount + true_up_amount + transition_amount + impairment_amount
        ) over (
            partition by component_id, entity, life_number order by month_number
            rows between unbounded preceding and current row
        ) as accumulated_before_end
    from moved
),

final as (
    select
        component_id,
        entity,
        month_key,
        end_type,
        month_number,
        cast(gross_taken_over as decimal(18, 2)) as gross_taken_over,
        cast(accumulated_taken_over as decimal(18, 2)) as accumulated_taken_over,
        cast(transfer_amount as decimal(18, 2)) as transfer_amount,
        cast(amortization_amount as decimal(18, 2)) as amortization_amount,
        cast(true_up_amount as decimal(18, 2)) as true_up_amount,
        cast(transition_amount as decimal(18, 2)) as transition_amount,
        cast(impairment_amount as decimal(18, 2)) as impairment_amount,
        cast(proceeds_amount as decimal(18, 2)) as proceeds_amount,
        cast(case when end_type is null then 0 else gross_before_end end as decimal(18, 2)) as gross_removed_amount,
        cast(case when end_type is null then 0 else accumulated_before_end end as decimal(18, 2))
            as accumulated_removed_amount,
        cast(case when end_type is null then gross_before_end else 0 end as decimal(18, 2)) as gross_closing_amount,
        cast(case when end_type is null then accumulated_before_end else 0 end as decimal(18, 2))
            as accumulated_closing_amount
    from summed
)

select * from final
