-- The charge of every month of every segment: R(base × n(k) / N) − R(base × n(k−1) / N), exact.
with expanded as (
    select
        segments.*,
        months.month_number,
        months.month_key,
        months.is_after_run_month,
        case
            when months.month_number = segments.start_number then 0
            else {{ amortisation_units(
                'segments.convention', 'segments.curve_start_date', 'segments.curve_life',
                '(months.month_number - 1)', 'segments.fiscal_year_start_month'
            ) }} - segments.units_before
        end as units_before_month,
        {{ amortisation_units(
            'segments.convention', 'segments.curve_start_date', 'segments.curve_life',
            'months.month_number', 'segments.fiscal_year_start_month'
        ) }} - segments.units_before as units_through_month
    from {{ ref('int_amortization__segments') }} as segments
    inner join {{ ref('int_months__numbered') }} as months
        on
            months.month_number >= segments.start_number
            and months.month_number < coalesce(segments.next_start_number, months.month_number + 1)
            and months.month_number <= {{ month_ordinal('segments.curve_start_date') }} + segments.curve_life + 12
    where segments.units_total is not null and segments.base_minor <> 0
),

final as (
    select
        component_id,
        entity,
        segment_number,
        month_number,
        month_key,
        convention,
        base_minor,
        units_before_month,
        units_through_month,
        units_total,
        {{ consumed_minor('base_minor', 'units_through_month', 'units_total') }}
        - {{ consumed_minor('base_minor', 'units_before_month', 'units_total') }} as charge_minor,
        base_minor - {{ consumed_minor('base_minor', 'units_through_month', 'units_total') }} as remaining_minor,
        is_after_run_month
    from expanded
    where units_before_month < units_total
)

select * from final
