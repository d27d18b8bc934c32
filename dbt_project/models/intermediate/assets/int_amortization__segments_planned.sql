-- Each segment with its curve (the last one set), the integers n and N of ruling 16, and the estimate of revenue
-- that rules its fiscal year. An estimate counts from where its segment's base was last set anew.
{%- set so_far -%}
partition by events.component_id, events.entity order by events.segment_number
            rows between unbounded preceding and current row
{%- endset %}

with numbered as (
    select
        events.*,
        assets.fiscal_year_start_month,
        events.start_number
        + {{ months_left_in_year('events.start_number', 'assets.fiscal_year_start_month') }} as next_year_number,
        lead(events.start_number) over (
            partition by events.component_id, events.entity order by events.segment_number
        ) as next_start_number,
        max(case when events.curve_life is not null then events.segment_number end) over ({{ so_far }})
            as curve_segment_number,
        max(case when events.event_type <> 'estimate' then events.start_number end) over ({{ so_far }})
            as reset_number,
        max(
            case when events.event_type in ('year', 'begin', 'opening') then events.start_number end
        ) over ({{ so_far }}) as year_number
    from {{ ref('int_amortization__events') }} as events
    inner join {{ ref('int_assets__listed') }} as assets
        on events.component_id = assets.component_id and events.entity = assets.entity
),

estimated as (
    select
        *,
        max(case when event_type = 'estimate' then segment_number end) over (
            partition by component_id, entity, next_year_number order by segment_number
            rows between unbounded preceding and current row
        ) as estimate_segment_number
    from numbered
),

curved as (
    select
        estimated.component_id,
        estimated.entity,
        estimated.segment_number,
        estimated.event_type,
        estimated.start_number,
        estimated.next_start_number,
        estimated.next_year_number,
        estimated.reset_number,
        estimated.year_number,
        estimated.delta_minor,
        estimated.is_total,
        curves.curve_convention as convention,
        curves.curve_start_date,
        curves.curve_life,
        estimates.current_revenue_minor,
        estimates.current_revenue_minor + estimates.future_revenue_minor as revenue_minor,
        estimated.fiscal_year_start_month
    from estimated
    left join {{ ref('int_amortization__events') }} as curves
        on
            estimated.component_id = curves.component_id
            and estimated.entity = curves.entity
            and estimated.curve_segment_number = curves.segment_number
    left join {{ ref('int_amortization__events') }} as estimates
        on
            estimated.component_id = estimates.component_id
            and estimated.entity = estimates.entity
            and estimated.estimate_segment_number = estimates.segment_number
),

measured as (
    select
        *,
        {{ amortisation_units_total('convention', 'curve_start_date', 'curve_life', 'fiscal_year_start_month') }}
            as curve_units,
        {% for name, ordinal in [
            ('units_before', '(reset_number - 1)'), ('units_through', '(next_start_number - 1)'),
            ('units_through_year', '(next_year_number - 1)'),
        ] -%}
            case
                when {{ ordinal }} is not null then {{ amortisation_units(
                    'convention', 'curve_start_date', 'curve_life', ordinal, 'fiscal_year_start_month'
                ) }}
            end as {{ name }},
        {% endfor -%}
        current_revenue_minor * (reset_number - year_number) as revenue_units_before,
        current_revenue_minor * least(coalesce(next_start_number, next_year_number) - year_number, year_months)
            as revenue_units_through,
        current_revenue_minor * year_months as revenue_units_through_year,
        revenue_minor * year_months as revenue_units_total
    from (
        select
            *,
            next_year_number - year_number as year_months
        from curved
    ) as dated
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
        next_year_number,
        year_number,
        delta_minor,
        curve_life,
        fiscal_year_start_month,
        current_revenue_minor,
        case when units_before < curve_units then units_before else curve_units - 1 end as units_before,
        curve_units - case when units_before < curve_units then units_before else curve_units - 1 end as units_total,
        coalesce(units_through, curve_units)
        - case when units_before < curve_units then units_before else curve_units - 1 end as units_used,
        units_through_year
        - case when units_before < curve_units then units_before else curve_units - 1 end as units_of_year,
        revenue_units_before,
        revenue_units_total - revenue_units_before as revenue_units_total,
        revenue_units_through - revenue_units_before as revenue_units_used,
        revenue_units_through_year - revenue_units_before as revenue_units_of_year,
        is_total,
        coalesce(next_start_number = start_number, false) as is_empty,
        curve_start_date
    from measured
)

select * from final
