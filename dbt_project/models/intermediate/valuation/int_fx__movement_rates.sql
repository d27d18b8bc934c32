-- The rate of every use into the reporting currency (ruling 4): flows at the month's average, balances at its closing
-- rate, opening balances at the closing rate of the month before; in the first month of the books at its own.
with rates as (
    select
        closed.month_key,
        closed.currency_code,
        closed.closing_rate,
        averages.rate as average_rate,
        coalesce(
            lag(closed.closing_rate) over (partition by closed.currency_code order by closed.month_key),
            closed.closing_rate
        ) as opening_rate
    from {{ ref('int_fx__closed') }} as closed
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ ref('int_fx__averages') }} as averages
        on
            closed.month_key = averages.month_key
            and closed.currency_code = averages.from_currency
            and settings.reporting_currency = averages.to_currency
),

final as (
    {% for rate_use, rate in [
        ('opening', 'opening_rate'), ('flow', 'average_rate'), ('closing', 'closing_rate'),
    ] -%}
        select
            rates.month_key,
            rates.currency_code,
            '{{ rate_use }}' as rate_use,
            cast(rates.{{ rate }} as decimal(18, 8)) as rate,
            currencies.minor_digits
        from rates
        cross join {{ source('company', 'settings') }} as settings
        inner join {{ source('company', 'currencies') }} as currencies
            on settings.reporting_currency = currencies.currency_code
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
