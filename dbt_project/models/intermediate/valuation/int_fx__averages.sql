-- The month's average rates, and one for each currency into itself.
with final as (
    select
        month as month_key,
        from_currency,
        to_currency,
        rate
    from {{ source('company', 'fx_rates') }}
    where rate_kind = 'average' and from_currency <> to_currency
    union all
    select
        months.month_key,
        currencies.currency_code as from_currency,
        currencies.currency_code as to_currency,
        cast(1 as decimal(18, 8))
    from {{ source('company', 'months') }} as months
    cross join {{ source('company', 'currencies') }} as currencies
)

select * from final
