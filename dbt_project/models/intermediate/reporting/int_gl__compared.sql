-- General ledger balances of the run month for the accounts that the roll-forward explains.
with final as (
    select
        balances.entity,
        balances.account,
        coalesce(names.name, keys.account_key) as account_name,
        keys.account_key,
        entities.functional_currency as currency_code,
        cast(balances.amount as decimal(18, 2)) as gl_amount
    from {{ source('company', 'gl_balances') }} as balances
    inner join {{ source('company', 'months') }} as months
        on balances.month = months.month_key and months.is_run_month
    inner join {{ source('company', 'entities') }} as entities
        on balances.entity = entities.entity and balances.currency = entities.functional_currency
    inner join {{ source('company', 'journal_accounts') }} as keys
        on balances.entity = keys.entity and balances.account = keys.account_code
    left join {{ source('company', 'account_names') }} as names
        on balances.entity = names.entity and balances.account = names.account_code
    where keys.account_key in ('cip', 'gross', 'accumulated')
)

select * from final
