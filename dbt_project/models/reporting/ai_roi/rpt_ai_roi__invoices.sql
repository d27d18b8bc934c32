-- The month's invoices as given, by vendor, in reporting currency.
with final as (
    select
        lines.vendor,
        cast(sum(
            {{ convert_money('lines.amount', 'coalesce(rates.rate, 0)', 'settings.minor_digits') }}
        ) as decimal(18, 2)) as invoiced_amount
    from {{ ref('int_ai__invoiced') }} as lines
    inner join {{ ref('int_settings__run') }} as settings
        on lines.month_key = settings.run_month
    left join {{ ref('int_fx__averages') }} as rates
        on
            lines.month_key = rates.month_key
            and lines.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
    group by lines.vendor
)

select * from final
