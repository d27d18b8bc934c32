-- General ledger amounts of the run month that the workpaper explains: balances of the roll-forward, and the
-- accounts of the payroll register with what the register booked to them.
with given as (
    select
        balances.entity,
        balances.account,
        entities.functional_currency as currency_code,
        balances.amount
    from {{ source('company', 'gl_balances') }} as balances
    inner join {{ source('company', 'months') }} as months
        on balances.month = months.month_key and months.is_run_month
    inner join {{ source('company', 'entities') }} as entities
        on balances.entity = entities.entity and balances.currency = entities.functional_currency
),

-- A line without an entity belongs to the spell that pays in the month.
registered as (
    select
        coalesce(payroll.entity, spells.entity) as entity,
        payroll.account,
        payroll.currency as currency_code,
        sum(payroll.amount) as amount
    from {{ source('company', 'payroll') }} as payroll
    inner join {{ source('company', 'months') }} as months
        on payroll.month = months.month_key and months.is_run_month
    left join {{ ref('int_people__paying_spells') }} as spells
        on
            payroll.person_id = spells.person_id
            and payroll.month = spells.month_key
            and spells.spell_rank = 1
    where payroll.account is not null
    group by coalesce(payroll.entity, spells.entity), payroll.account, payroll.currency
),

compared as (
    select
        given.entity,
        given.account,
        keys.account_key,
        given.currency_code,
        given.amount as gl_amount,
        null as register_amount
    from given
    inner join {{ source('company', 'journal_accounts') }} as keys
        on given.entity = keys.entity and given.account = keys.account_code
    where keys.account_key in ('cip', 'gross', 'accumulated', 'prepaid_cca')
    union all
    select
        given.entity,
        given.account,
        'payroll' as account_key,
        given.currency_code,
        given.amount as gl_amount,
        registered.amount as register_amount
    from given
    inner join registered
        on
            given.entity = registered.entity
            and given.account = registered.account
            and given.currency_code = registered.currency_code
),

final as (
    select
        compared.entity,
        compared.account,
        coalesce(names.name, compared.account_key) as account_name,
        compared.account_key,
        compared.currency_code,
        cast(compared.gl_amount as decimal(18, 2)) as gl_amount,
        cast(compared.register_amount as decimal(18, 2)) as register_amount
    from compared
    left join {{ source('company', 'account_names') }} as names
        on compared.entity = names.entity and compared.account = names.account_code
)

select * from final
