-- Vendors tell fractions of a cent by day; a line is the month of a product and account, rounded once.
with monthly as (
    select
        record_source,
        month,
        vendor,
        tool,
        entity,
        sku,
        currency,
        cost_center,
        account,
        work_item_key,
        charge_type,
        price_basis,
        sum(quantity) as quantity,
        sum(gross_amount) as gross_amount,
        sum(discount_amount) as discount_amount,
        sum(net_amount) as net_amount
    from {{ ref('stg_raw__ai_costs') }}
    group by
        record_source, month, vendor, tool, entity, sku, currency, cost_center, account, work_item_key,
        charge_type, price_basis
),

final as (
    select
        cost_line_id,
        month,
        vendor,
        tool,
        entity,
        sku,
        cast(quantity as decimal(18, 8)) as quantity,
        gross_amount,
        discount_amount,
        net_amount,
        currency,
        cost_center,
        account,
        person_id,
        work_item_key,
        charge_type,
        price_basis,
        'inputs' as record_source
    from {{ source('company', 'ai_costs') }}
    union all
    select
        record_source || ':' || month || ':' || coalesce(sku, '') || ':' || coalesce(account, '')
        || ':' || coalesce(cost_center, '') || ':' || coalesce(work_item_key, '') || ':' || currency
        || ':' || charge_type || ':' || tool || ':' || price_basis as cost_line_id,
        month,
        vendor,
        tool,
        entity,
        sku,
        cast(quantity as decimal(18, 8)) as quantity,
        cast(gross_amount as decimal(18, 2)) as gross_amount,
        cast(discount_amount as decimal(18, 2)) as discount_amount,
        cast(net_amount as decimal(18, 2)) as net_amount,
        currency,
        cost_center,
        account,
        cast(null as varchar) as person_id,
        work_item_key,
        charge_type,
        price_basis,
        record_source
    from monthly
)

select * from final
