-- True-ups by the month that books them.
with computed as (
    select
        proposal_id,
        content_hash,
        month_key,
        origin_month_key,
        entity,
        component_id,
        measure,
        cause,
        approved_by,
        currency_code,
        amount
    from {{ ref('int_true_ups__approved') }}
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
