-- Identical cost rows before and after ASU 2025-06; closed months as today's records say, for nothing of it is booked.
with final as (
    select
        month_key,
        entity,
        component_id,
        legacy_rule_id,
        amended_rule_id,
        currency_code,
        row_count,
        amount,
        legacy_capex_amount,
        amended_capex_amount,
        cast(amended_capex_amount - legacy_capex_amount as decimal(18, 2)) as difference_amount
    from {{ ref('int_policies__dual_run') }}
)

select * from final
