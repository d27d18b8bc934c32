-- The charge of every month of every segment: R(base × n(k) / N) − R(base × n(k−1) / N), exact. What an estimate
-- of revenue makes up for in its first month stands as a row of its own, with a segment number below zero.
with expanded as (
    select
        segments.*,
        months.month_number,
        months.month_key,
        months.is_after_run_month,
        {% for name, ordinal in [
            ('straight_before_month', '(months.month_number - 1)'), ('straight_through_month', 'months.month_number'),
        ] -%}
            {{ amortisation_units(
                'segments.convention', 'segments.curve_start_date', 'segments.curve_life', ordinal,
                'segments.fiscal_year_start_month'
            ) }} - segments.units_before as {{ name }},
        {% endfor -%}
        segments.current_revenue_minor * (months.month_number - segments.year_number)
        - segments.revenue_units_before as revenue_before_month,
        segments.current_revenue_minor * (months.month_number - segments.year_number + 1)
        - segments.revenue_units_before as revenue_through_month
    from {{ ref('int_amortization__segments') }} as segments
    inner join {{ ref('int_months__numbered') }} as months
        on
            months.month_number >= segments.start_number
            and months.month_number < coalesce(segments.next_start_number, months.month_number + 1)
            and months.month_number
            <= greatest(
                {{ month_ordinal('segments.curve_start_date') }} + segments.curve_life + 12, segments.start_number
            )
    where segments.units_total is not null and segments.pool_minor <> 0
),

united as (
    select
        *,
        case
            when is_by_revenue then revenue_before_month
            when month_number = start_number and event_type <> 'estimate' then 0
            else straight_before_month
        end as units_before_month,
        case when is_by_revenue then revenue_through_month else straight_through_month end as units_through_month,
        case when is_by_revenue then revenue_units_total else units_total end as units_of_segment
    from expanded
),

consumed as (
    select
        *,
        {{ consumed_minor('pool_minor', 'units_before_month', 'units_of_segment') }} as before_minor,
        {{ consumed_minor('pool_minor', 'units_through_month', 'units_of_segment') }} as through_minor
    from united
    where units_before_month < units_of_segment
),

-- Charges of the fiscal year so far stay, also where an estimate would have taken less.
charged as (
    select
        *,
        {{ never_taken_back('through_minor', 'charged_minor') }}
        - case
            when month_number = start_number then charged_minor
            else {{ never_taken_back('before_minor', 'charged_minor') }}
        end as month_charge_minor,
        base_minor + charged_minor - {{ never_taken_back('through_minor', 'charged_minor') }} as left_minor
    from consumed
),

final as (
    select
        component_id,
        entity,
        segment_number,
        month_number,
        month_key,
        convention,
        pool_minor as base_minor,
        cast(units_before_month as bigint) as units_before_month,
        cast(units_through_month as bigint) as units_through_month,
        cast(units_of_segment as bigint) as units_total,
        through_minor - before_minor as charge_minor,
        left_minor as remaining_minor,
        is_after_run_month
    from charged
    union all
    select
        component_id,
        entity,
        -segment_number as segment_number,
        month_number,
        month_key,
        convention,
        month_charge_minor - (through_minor - before_minor) as base_minor,
        cast(0 as bigint) as units_before_month,
        cast(1 as bigint) as units_through_month,
        cast(1 as bigint) as units_total,
        month_charge_minor - (through_minor - before_minor) as charge_minor,
        left_minor as remaining_minor,
        is_after_run_month
    from charged
    where month_charge_minor <> through_minor - before_minor
)

select * from final
