-- Budgets and forecasts in reporting currency, at the average rate of their month.
with plans as (
    select
        'budget' as plan,
        month as month_key,
        coalesce(value_stream_id, 'COMPANY') as value_stream_id,
        currency,
        amount
    from {{ source('company', 'budgets') }}
    union all
    select
        'forecast' as plan,
        month as month_key,
        coalesce(value_stream_id, 'COMPANY') as value_stream_id,
        currency,
        amount
    from {{ source('company', 'forecasts') }}
),

final as (
    select
        plans.plan,
        plans.month_key,
        plans.value_stream_id,
        sum({{ convert_money('plans.amount', 'rates.rate', 'settings.minor_digits') }}) as amount
    from plans
    cross join {{ ref('int_settings__run') }} as settings
    left join {{ ref('int_fx__averages') }} as rates
        on
            plans.month_key = rates.month_key
            and plans.currency = rates.from_currency
            and settings.reporting_currency = rates.to_currency
    group by plans.plan, plans.month_key, plans.value_stream_id
)

select * from final
