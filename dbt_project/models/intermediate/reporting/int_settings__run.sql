-- The settings of the run, one row, with the decimals of the reporting currency.
with final as (
    select
        settings.*,
        currencies.minor_digits
    from {{ source('company', 'settings') }} as settings
    inner join {{ source('company', 'currencies') }} as currencies
        on settings.reporting_currency = currencies.currency_code
)

select * from final
