-- The month's closing rates into the reporting currency; the average where no closing rate is given, one for itself.
with closing as (
    select
        month as month_key,
        from_currency,
        to_currency,
        rate
    from {{ source('company', 'fx_rates') }}
    where rate_kind = 'closing'
),

final as (
    select
        averages.month_key,
        averages.from_currency as currency_code,
        cast(case
            when averages.from_currency = averages.to_currency then 1
            else coalesce(closing.rate, averages.rate)
        end as decimal(18, 8)) as closing_rate
    from {{ ref('int_fx__averages') }} as averages
    inner join {{ source('company', 'settings') }} as settings
        on averages.to_currency = settings.reporting_currency
    left join closing
        on
            averages.month_key = closing.month_key
            and averages.from_currency = closing.from_currency
            and averages.to_currency = closing.to_currency
)

select * from final
