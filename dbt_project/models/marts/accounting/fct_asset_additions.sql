with computed as (
    select
        additions.component_id,
        additions.entity,
        additions.month_key,
        additions.nature,
        additions.currency_code,
        cast(sum(additions.amount) as decimal(18, 2)) as amount
    from {{ ref('int_assets__additions') }} as additions
    group by
        additions.component_id, additions.entity, additions.month_key, additions.nature, additions.currency_code
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
