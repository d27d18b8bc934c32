with final as (
    select
        monthly.component_id,
        monthly.entity,
        monthly.month_key,
        monthly.convention,
        assets.currency_code,
        monthly.segment_number,
        cast(monthly.units_through_month as bigint) as units_through_month,
        cast(monthly.units_before_month as bigint) as units_before_month,
        cast(monthly.units_total as bigint) as units_total,
        {{ from_minor('monthly.base_minor', 'assets.minor_digits') }} as base_amount,
        {{ from_minor('monthly.charge_minor', 'assets.minor_digits') }} as amortization_amount,
        monthly.is_after_run_month
    from {{ ref('int_amortization__monthly') }} as monthly
    inner join {{ ref('int_assets__listed') }} as assets
        on monthly.component_id = assets.component_id and monthly.entity = assets.entity
)

select * from final
