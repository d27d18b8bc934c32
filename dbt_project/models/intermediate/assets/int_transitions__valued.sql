-- A restatement of cost with the amortisation that it would have had by the month before.
with final as (
    select
        placed.component_id,
        placed.entity,
        placed.month_key,
        placed.month_number,
        placed.cost_amount,
        cast(case
            when placed.accumulated_amount is not null then placed.accumulated_amount
            when assets.amortization_start_date is null or assets.placed_number >= placed.month_number then 0
            else {{ from_minor(
                consumed_minor(
                    to_minor('placed.cost_amount', 'assets.minor_digits'),
                    amortisation_units(
                        'assets.convention', 'assets.amortization_start_date', 'assets.life_months',
                        '(placed.month_number - 1)', 'assets.fiscal_year_start_month'
                    ),
                    amortisation_units_total(
                        'assets.convention', 'assets.amortization_start_date', 'assets.life_months',
                        'assets.fiscal_year_start_month'
                    )
                ), 'assets.minor_digits'
            ) }}
        end as decimal(18, 2)) as accumulated_amount,
        placed.is_derecognised
    from {{ ref('int_transitions__placed') }} as placed
    inner join {{ ref('int_assets__listed') }} as assets
        on placed.component_id = assets.component_id and placed.entity = assets.entity
)

select * from final
