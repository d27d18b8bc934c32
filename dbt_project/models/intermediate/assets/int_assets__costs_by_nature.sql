-- What an asset has cost so far, by nature of the cost; opening balances are a nature of their own.
with final as (
    select
        component_id,
        entity,
        cast(sum(case when nature = 'labour' then amount else 0 end) as decimal(18, 2)) as labour_amount,
        cast(sum(case when nature = 'stock_compensation' then amount else 0 end) as decimal(18, 2))
            as stock_compensation_amount,
        cast(sum(case when nature = 'contractor' then amount else 0 end) as decimal(18, 2)) as contractor_amount,
        cast(sum(case when nature = 'ai' then amount else 0 end) as decimal(18, 2)) as ai_amount,
        cast(sum(case when nature = 'interest' then amount else 0 end) as decimal(18, 2)) as interest_amount,
        cast(sum(case when nature = 'other' then amount else 0 end) as decimal(18, 2)) as other_amount,
        min(month_key) as first_month_key
    from {{ ref('int_assets__additions') }}
    group by component_id, entity
)

select * from final
