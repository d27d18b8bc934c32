-- Every line of what AI tools cost, by category, in reporting currency: converted to the entity's currency first, as
-- the ledger has it. A vendor's estimate is shown and never counted; a configured price counts only where the tool
-- has no invoice in the month.
with invoices as (
    select distinct
        month,
        tool
    from {{ ref('inp_ai_costs') }}
    where price_basis = 'invoiced'
),

lines as (
    select
        costs.cost_line_id,
        costs.month as month_key,
        costs.vendor,
        costs.tool,
        case costs.charge_type
            when 'seat' then 'seats'
            when 'metered' then 'metered use'
            else 'infrastructure and governance'
        end as category,
        costs.price_basis,
        costs.price_basis = 'invoiced' or (costs.price_basis = 'configured' and invoices.tool is null) as is_counted,
        entities.functional_currency,
        {{ convert_money('costs.net_amount', 'coalesce(rates.rate, 0)', 'currencies.minor_digits') }} as entity_amount
    from {{ ref('inp_ai_costs') }} as costs
    inner join {{ source('company', 'entities') }} as entities
        on costs.entity = entities.entity
    inner join {{ source('company', 'currencies') }} as currencies
        on entities.functional_currency = currencies.currency_code
    left join invoices
        on costs.month = invoices.month and costs.tool = invoices.tool
    left join {{ ref('int_fx__averages') }} as rates
        on
            costs.month = rates.month_key
            and costs.currency = rates.from_currency
            and entities.functional_currency = rates.to_currency
),

training as (
    select
        training.month as month_key,
        'training, external' as category,
        training.currency,
        cast(coalesce(training.external_amount, 0) as decimal(18, 2)) as external_amount
    from {{ source('company', 'ai_training') }} as training
    where training.external_amount <> 0
),

converted as (
    select
        lines.month_key,
        lines.category,
        lines.price_basis,
        lines.is_counted,
        {{ convert_money('lines.entity_amount', 'coalesce(rates.rate, 0)', 'settings.minor_digits') }} as amount
    from lines
    cross join {{ ref('int_settings__run') }} as settings
    left join {{ ref('int_fx__averages') }} as rates
        on
            lines.month_key = rates.month_key
            and lines.functional_currency = rates.from_currency
            and settings.reporting_currency = rates.to_currency
    union all
    select
        training.month_key,
        training.category,
        'invoiced',
        true,
        {{ convert_money('training.external_amount', 'coalesce(rates.rate, 0)', 'settings.minor_digits') }}
    from training
    cross join {{ ref('int_settings__run') }} as settings
    left join {{ ref('int_fx__averages') }} as rates
        on
            training.month_key = rates.month_key
            and training.currency = rates.from_currency
            and settings.reporting_currency = rates.to_currency
),

final as (
    select
        converted.month_key,
        converted.category,
        converted.price_basis,
        converted.is_counted,
        cast(sum(converted.amount) as decimal(18, 2)) as amount
    from converted
    inner join {{ source('company', 'months') }} as months
        on converted.month_key = months.month_key
    group by converted.month_key, converted.category, converted.price_basis, converted.is_counted
)

select * from final
