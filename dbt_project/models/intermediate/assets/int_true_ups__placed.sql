-- Where a true-up enters the books: cost through work in progress, and, where the asset is in service, the part
-- of it that would be amortised by now at once; a change of life as amortisation made up for.
with true_ups as (
    select
        month_key,
        entity,
        component_id,
        measure,
        amount
    from {{ ref('int_true_ups__approved') }}
    union all
    select
        month_key,
        entity,
        component_id,
        measure,
        amount
    from {{ source('closed', 'fct_true_ups') }}
),

summed as (
    select
        month_key,
        entity,
        component_id,
        sum(case when measure = 'capitalised_cost' then amount else 0 end) as cost_amount,
        sum(case when measure = 'amortization' then amount else 0 end) as amortization_amount,
        max(case when measure = 'amortization' then 1 else 0 end) = 1 as is_life_changed
    from true_ups
    group by month_key, entity, component_id
),

balances as (
    select
        component_id,
        entity,
        month_key,
        sum(case when balance = 'gross' then amount else 0 end) as gross_amount,
        sum(case when balance = 'accumulated' then amount else 0 end) as accumulated_amount
    from {{ source('closed', 'fct_asset_movements') }}
    where movement_type = 'closing'
    group by component_id, entity, month_key
),

final as (
    select
        summed.component_id,
        summed.entity,
        summed.month_key,
        months.month_number,
        cast(summed.cost_amount as decimal(18, 2)) as cost_amount,
        cast(
            summed.amortization_amount
            + case
                when coalesce(balances.gross_amount, 0) = 0 then 0
                else {{ scaled_amount('summed.cost_amount', 'balances.accumulated_amount', 'balances.gross_amount') }}
            end
            as decimal(18, 2)
        ) as accumulated_amount,
        summed.is_life_changed
    from summed
    inner join {{ ref('int_months__numbered') }} as months on summed.month_key = months.month_key
    inner join {{ ref('int_months__numbered') }} as earlier on months.month_number = earlier.month_number + 1
    left join balances
        on
            summed.component_id = balances.component_id
            and summed.entity = balances.entity
            and earlier.month_key = balances.month_key
)

select * from final
