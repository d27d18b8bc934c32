-- Opening, movements and closing of every asset in the month, one row an asset.
with movements as (
    select movements.*
    from {{ ref('fct_asset_movements') }} as movements
    inner join {{ ref('dim_months') }} as months
        on movements.month_key = months.month_key and months.is_run_month
),

summed as (
    select
        movements.component_id,
        movements.entity,
        movements.currency_code,
        {{ moved('cip', ['opening']) }} as cip_opening,
        {{ moved('cip', ['impairment', 'abandonment', 'disposal']) }} as cip_abandonment,
        {{ moved('cip', ['fx']) }} as cip_fx,
        {{ moved('cip', ['true_up', 'transition', 'other']) }} as cip_other,
        {{ moved('cip', ['transfer_to_service'], sign='-') }} as transfer_amount,
        {{ moved('cip', ['closing']) }} as cip_closing,
        {{ moved('gross', ['opening']) }} as gross_opening,
        {{ moved('gross', ['addition']) }} as gross_addition,
        {{ moved('gross', ['disposal', 'abandonment', 'impairment']) }} as gross_disposal,
        {{ moved('gross', ['fx', 'true_up', 'transition', 'other']) }} as gross_other,
        {{ moved('gross', ['closing']) }} as gross_closing,
        {{ moved('accumulated', ['opening']) }} as accumulated_opening,
        {{ moved('accumulated', ['disposal', 'abandonment']) }} as accumulated_disposal,
        {{ moved('accumulated', ['impairment']) }} as accumulated_impairment,
        {{ moved('accumulated', ['fx', 'true_up', 'transition', 'other']) }} as accumulated_other,
        {{ moved('accumulated', ['closing']) }} as accumulated_closing,
        {{ moved('accumulated', ['amortization']) }} as amortization_amount
    from movements
    group by movements.component_id, movements.entity, movements.currency_code
),

final as (
    select
        summed.component_id || '|' || summed.entity as asset_key,
        summed.component_id,
        assets.component_name,
        summed.entity,
        assets.asset_class,
        assets.status,
        case when assets.scope = 'cca' then 'prepayment' else 'software' end as held_as,
        case
            when not applied.is_book then '-'
            when assets.scope = 'cca' then 'J13|' || summed.component_id || '|' || summed.entity
            else 'J5|' || summed.component_id || '|' || summed.entity
        end as journal_key,
        summed.currency_code,
        summed.cip_opening,
        summed.cip_abandonment,
        summed.cip_fx,
        summed.cip_other,
        summed.transfer_amount,
        summed.cip_closing,
        summed.gross_opening,
        summed.gross_addition,
        summed.gross_disposal,
        summed.gross_other,
        summed.gross_closing,
        summed.accumulated_opening,
        summed.accumulated_disposal,
        summed.accumulated_impairment,
        summed.accumulated_other,
        summed.accumulated_closing,
        summed.amortization_amount,
        rates.closing_rate
    from summed
    inner join {{ ref('dim_months') }} as months
        on months.is_run_month
    inner join {{ ref('int_policies__applied') }} as applied
        on summed.entity = applied.entity and months.month_key = applied.month_key
    left join {{ ref('fct_assets') }} as assets
        on summed.component_id = assets.component_id and summed.entity = assets.entity
    left join {{ ref('rpt_shared__rates') }} as rates
        on summed.currency_code = rates.currency_code
)

select * from final
