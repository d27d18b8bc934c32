-- Opening of the fiscal year and its movements before the run month, by asset class.
with run_month as (
    select * from {{ ref('dim_months') }}
    where is_run_month
),

dated as (
    select
        movements.component_id,
        movements.entity,
        movements.balance,
        movements.movement_type,
        movements.currency_code,
        movements.amount,
        months.month_index,
        run_month.month_index as run_index,
        min(months.month_index) over () as first_index
    from {{ ref('fct_asset_movements') }} as movements
    inner join {{ ref('dim_months') }} as months
        on movements.month_key = months.month_key
    inner join run_month
        on months.fiscal_year = run_month.fiscal_year and months.month_index <= run_month.month_index
),

-- What moved in the run month stands live on the sheet; only the opening of a first month counts here.
movements as (
    select
        dated.*,
        coalesce(assets.asset_class, 'NONE') as asset_class
    from dated
    left join {{ ref('fct_assets') }} as assets
        on dated.component_id = assets.component_id and dated.entity = assets.entity
    where
        (dated.movement_type = 'opening' and dated.month_index = dated.first_index)
        or (dated.movement_type not in ('opening', 'closing') and dated.month_index < dated.run_index)
),

final as (
    select
        movements.asset_class,
        movements.currency_code,
        {{ moved('cip', ['opening']) }} as cip_opening,
        {{ moved('cip', ['addition']) }} as cip_addition,
        {{ moved('cip', ['impairment', 'abandonment', 'disposal']) }} as cip_abandonment,
        {{ moved('cip', ['fx']) }} as cip_fx,
        {{ moved('cip', ['true_up', 'transition', 'other']) }} as cip_other,
        {{ moved('cip', ['transfer_to_service'], sign='-') }} as transfer_amount,
        {{ moved('gross', ['opening']) }} as gross_opening,
        {{ moved('gross', ['addition']) }} as gross_addition,
        {{ moved('gross', ['disposal', 'abandonment', 'impairment']) }} as gross_disposal,
        {{ moved('gross', ['fx', 'true_up', 'transition', 'other']) }} as gross_other,
        {{ moved('accumulated', ['opening']) }} as accumulated_opening,
        {{ moved('accumulated', ['disposal', 'abandonment']) }} as accumulated_disposal,
        {{ moved('accumulated', ['impairment']) }} as accumulated_impairment,
        {{ moved('accumulated', ['fx', 'true_up', 'transition', 'other']) }} as accumulated_other,
        {{ moved('accumulated', ['amortization']) }} as amortization_amount
    from movements
    group by movements.asset_class, movements.currency_code
)

select * from final
