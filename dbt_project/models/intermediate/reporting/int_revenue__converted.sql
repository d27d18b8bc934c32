-- Revenue by month and value stream in reporting currency.
with final as (
    select
        revenue.month as month_key,
        coalesce(revenue.value_stream_id, 'COMPANY') as value_stream_id,
        {{ convert_money('revenue.amount', 'coalesce(rates.rate, 0)', 'settings.minor_digits') }} as amount
    from {{ source('company', 'revenue') }} as revenue
    cross join {{ ref('int_settings__run') }} as settings
    left join {{ ref('int_fx__averages') }} as rates
        on
            revenue.month = rates.month_key
            and revenue.currency = rates.from_currency
            and settings.reporting_currency = rates.to_currency
)

select * from final
