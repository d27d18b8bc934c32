-- Every cent of pay, AI and other cost on the work that it paid for.
with computed as (
    select
        costs.*,
        case
            when costs.currency_code = settings.reporting_currency then costs.amount
            else {{ convert_money('costs.amount', 'rates.rate', 'currencies.minor_digits') }}
        end as reporting_amount
    from {{ ref('int_costs__classifiable') }} as costs
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ source('company', 'currencies') }} as currencies
        on settings.reporting_currency = currencies.currency_code
    left join {{ ref('int_fx__averages') }} as rates
        on
            costs.month_key = rates.month_key
            and costs.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
