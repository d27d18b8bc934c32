-- What was paid in the month, in functional currency: payroll, invoiced AI lines, other costs.
with paid as (
    select
        month_key,
        currency_code,
        pay_component,
        sum(amount) as amount
    from {{ ref('int_pay__register_lines') }}
    group by month_key, currency_code, pay_component
    union all
    select
        month_key,
        currency_code,
        pay_component,
        sum(amount) as amount
    from {{ ref('int_other_costs__valued') }}
    group by month_key, currency_code, pay_component
    union all
    select
        month_key,
        currency_code,
        'ai_' || charge_type as pay_component,
        sum(amount) as amount
    from {{ ref('int_ai__invoiced') }}
    group by month_key, currency_code, charge_type
),

final as (
    select
        paid.pay_component,
        paid.currency_code,
        cast(paid.amount as decimal(18, 2)) as amount,
        cast(coalesce(rates.rate, 0) as decimal(18, 8)) as fx_rate
    from paid
    inner join {{ ref('dim_months') }} as months
        on paid.month_key = months.month_key and months.is_run_month
    cross join {{ ref('int_settings__run') }} as settings
    left join {{ ref('int_fx__averages') }} as rates
        on
            paid.month_key = rates.month_key
            and paid.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
)

select * from final
