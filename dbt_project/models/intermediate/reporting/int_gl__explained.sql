-- Closing balances of the asset ledger by the account that carries them: accounts may serve several balances.
with held as (
    select
        moved.entity,
        moved.month_key,
        case when assets.scope = 'cca' then 'prepaid_cca' else moved.balance end as account_key,
        case when moved.balance = 'accumulated' then -moved.amount else moved.amount end as amount
    from {{ ref('int_assets__moved') }} as moved
    inner join {{ ref('int_assets__listed') }} as assets
        on moved.component_id = assets.component_id and moved.entity = assets.entity
    where moved.movement_type = 'closing'
),

final as (
    select
        held.entity,
        held.month_key,
        accounts.account_code,
        cast(sum(held.amount) as decimal(18, 2)) as amount
    from held
    inner join {{ source('company', 'journal_accounts') }} as accounts
        on held.entity = accounts.entity and held.account_key = accounts.account_key
    group by held.entity, held.month_key, accounts.account_code
)

select * from final
