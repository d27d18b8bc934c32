-- Thirteen months to the run month in reporting currency: what the summary compares with.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

shown as (
    select months.*
    from {{ ref('dim_months') }} as months
    inner join run_month on months.month_index > run_month.month_index - 13
),

costs as (
    select
        month_key,
        sum(case when treatment = 'capex' then reporting_amount else 0 end) as capex_amount,
        sum(case when treatment = 'opex' then reporting_amount else 0 end) as opex_amount
    from {{ ref('fct_capitalization') }}
    group by month_key
),

balances as (
    select
        movements.month_key,
        sum(case when movements.balance = 'cip' and movements.movement_type = 'closing' then {{ closed() }} else 0 end)
            as cip_amount,
        sum(case
            when movements.movement_type <> 'closing' then 0
            when movements.balance = 'gross' then {{ closed() }}
            when movements.balance = 'accumulated' then -{{ closed() }}
            else 0
        end) as net_amount,
        sum(case
            when movements.balance = 'gross' and movements.movement_type = 'transfer_to_service' then {{ closed() }}
            else 0
        end) as placed_amount,
        sum(case
            when movements.balance = 'accumulated' and movements.movement_type = 'amortization' then {{ closed() }}
            else 0
        end) as amortization_amount
    from {{ ref('fct_asset_movements') }} as movements
    cross join {{ ref('int_settings__run') }} as settings
    inner join {{ ref('int_fx__closed') }} as rates
        on movements.month_key = rates.month_key and movements.currency_code = rates.currency_code
    group by movements.month_key
),

final as (
    select
        shown.month_key,
        'FY' || cast(shown.fiscal_year as varchar) as fiscal_year,
        cast(coalesce(costs.capex_amount + costs.opex_amount, 0) as decimal(18, 2)) as cost_amount,
        cast(coalesce(costs.capex_amount, 0) as decimal(18, 2)) as capex_amount,
        cast(coalesce(costs.opex_amount, 0) as decimal(18, 2)) as opex_amount,
        cast(coalesce(balances.amortization_amount, 0) as decimal(18, 2)) as amortization_amount,
        cast(coalesce(balances.cip_amount, 0) as decimal(18, 2)) as cip_closing_amount,
        cast(coalesce(balances.net_amount, 0) as decimal(18, 2)) as net_book_value_amount,
        cast(coalesce(balances.placed_amount, 0) as decimal(18, 2)) as placed_amount
    from shown
    left join costs on shown.month_key = costs.month_key
    left join balances on shown.month_key = balances.month_key
)

select * from final
