-- Units elapsed of every segment by month: what the sheet needs to compute each charge itself.
with final as (
    select
        schedule.component_id || '|' || schedule.entity as asset_key,
        schedule.component_id,
        schedule.entity,
        'FY' || cast(cast({{ fiscal_year_of(
            'coalesce(assets.amortization_start_date, assets.ready_date)', 'settings.fiscal_year_start_month'
        ) }} as integer) as varchar) as vintage,
        schedule.month_key,
        case
            when applied.is_book then 'J6|' || schedule.component_id || '|' || schedule.entity else '-'
        end as journal_key,
        schedule.currency_code,
        cast(schedule.segment_number as integer) as segment_number,
        schedule.base_amount,
        schedule.units_total as whole_units,
        schedule.units_before_month as units_before,
        schedule.units_through_month as units_after
    from {{ ref('fct_amortization_schedule') }} as schedule
    cross join {{ ref('int_settings__run') }} as settings
    inner join {{ ref('dim_months') }} as months
        on months.is_run_month
    inner join {{ ref('int_policies__applied') }} as applied
        on schedule.entity = applied.entity and months.month_key = applied.month_key
    inner join {{ ref('fct_assets') }} as assets
        on schedule.component_id = assets.component_id and schedule.entity = assets.entity
)

select * from final
