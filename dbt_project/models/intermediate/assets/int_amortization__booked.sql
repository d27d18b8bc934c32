-- Up to the run month the balances are the books'; after it they follow the schedule.
with charged as (
    select
        monthly.component_id,
        monthly.entity,
        monthly.month_key,
        monthly.month_number,
        monthly.is_after_run_month,
        sum(monthly.charge_minor) as charge_minor,
        min(monthly.remaining_minor) as remaining_minor
    from {{ ref('int_amortization__monthly') }} as monthly
    group by
        monthly.component_id, monthly.entity, monthly.month_key, monthly.month_number, monthly.is_after_run_month
),

final as (
    select
        charged.component_id,
        charged.entity,
        charged.month_key,
        assets.currency_code,
        {{ from_minor('charged.charge_minor', 'assets.minor_digits') }} as amortization_amount,
        cast(case
            when charged.is_after_run_month
                then
                    last_month.gross_closing_amount
                    - {{ from_minor('charged.remaining_minor', 'assets.minor_digits') }}
            else books.accumulated_closing_amount
        end as decimal(18, 2)) as accumulated_amount,
        cast(case
            when charged.is_after_run_month then {{ from_minor('charged.remaining_minor', 'assets.minor_digits') }}
            else books.gross_closing_amount - books.accumulated_closing_amount
        end as decimal(18, 2)) as net_book_value_amount,
        charged.is_after_run_month
    from charged
    inner join {{ ref('int_assets__listed') }} as assets
        on charged.component_id = assets.component_id and charged.entity = assets.entity
    inner join {{ ref('int_assets__monthly') }} as last_month
        on
            charged.component_id = last_month.component_id
            and charged.entity = last_month.entity
            and assets.run_number = last_month.month_number
    left join {{ ref('int_assets__monthly') }} as books
        on
            charged.component_id = books.component_id
            and charged.entity = books.entity
            and charged.month_number = books.month_number
)

select * from final
