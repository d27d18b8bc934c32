with final as (
    select
        source,
        cost_line_id,
        month,
        vendor,
        tool,
        entity,
        sku,
        quantity,
        gross_amount,
        discount_amount,
        net_amount,
        currency,
        cost_center,
        account,
        work_item_key,
        charge_type,
        price_basis,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'ai_costs') }}
)

select * from final
