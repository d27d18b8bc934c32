-- Each segment with its curve (the last one set) and the integers n and N of ruling 16.
with numbered as (
    select
        *,
        lead(start_number) over (partition by component_id, entity order by segment_number) as next_start_number,
        max(case when curve_life is not null then segment_number end) over (
            partition by component_id, entity order by segment_number
            rows between unbounded preceding and current row
        ) as curve_segment_number
    from {{ ref('int_amortization__events') }}
),

curved as (
    select
        numbered.component_id,
        numbered.entity,
        numbered.segment_number,
        numbered.event_type,
        numbered.start_number,
        numbered.next_start_number,
        numbered.delta_minor,
        numbered.is_total,
        curves.curve_convention as convention,
        curves.curve_start_date,
        curves.curve_life,
        assets.fiscal_year_start_month
    from numbered
    inner join {{ ref('int_assets__listed') }} as assets
        on numbered.component_id = assets.component_id and numbered.entity = assets.entity
    left join {{ ref('int_amortization__events') }} as curves
        on
            numbered.component_id = curves.component_id
            and numbered.entity = curves.entity
            and numbered.curve_segment_number = curves.segment_number
),

measured as (
    select
        *,
        {{ amortisation_units_total('convention', 'curve_start_date', 'curve_life', 'fiscal_year_start_month') }}
            as curve_units,
        {{ amortisation_units(
            'convention', 'curve_start_date', 'curve_life', '(start_number - 1)', 'fiscal_year_start_month'
        ) }} as units_before,
        case
            when next_start_number is not null then {{ amortisation_units(
                'convention', 'curve_start_date', 'curve_life', '(next_start_number - 1)', 'fiscal_year_start_month'
            ) }}
        end as units_through
    from curved
),

-- Cost that joins after the end of the life is charged at once.
final as (
    select
        component_id,
        entity,
        segment_number,
        event_type,
        convention,
        start_number,
        next_start_number,
        delta_minor,
        curve_life,
        fiscal_year_start_month,
        case when units_before < curve_units then units_before else curve_units - 1 end as units_before,
        curve_units - case when units_before < curve_units then units_before else curve_units - 1 end as units_total,
        coalesce(units_through, curve_units)
        - case when units_before < curve_units then units_before else curve_units - 1 end as units_used,
        is_total,
        curve_start_date
    from measured
)

select * from final
