with summed as (
    select
        posted.entry_type,
        posted.support_type,
        posted.entity,
        posted.month_key,
        posted.account_key,
        coalesce(journal_accounts.account_code, 'UNMAPPED:' || posted.account_key) as account,
        posted.cost_center,
        posted.component_id,
        posted.memo,
        cast(sum(posted.amount) as decimal(18, 2)) as amount
    from {{ ref('int_journals__posted') }} as posted
    left join {{ source('company', 'journal_accounts') }} as journal_accounts
        on posted.entity = journal_accounts.entity and posted.account_key = journal_accounts.account_key
    group by
        posted.entry_type, posted.support_type, posted.entity, posted.month_key, posted.account_key,
        coalesce(journal_accounts.account_code, 'UNMAPPED:' || posted.account_key),
        posted.cost_center, posted.component_id, posted.memo
    having sum(posted.amount) <> 0
),

final as (
    select
        summed.entry_type || '-' || summed.entity || '-' || summed.month_key as entry_id,
        summed.entry_type,
        summed.support_type,
        summed.month_key,
        summed.entity,
        summed.account,
        coalesce(account_names.name, summed.account_key) as account_name,
        summed.account_key,
        summed.cost_center,
        case when summed.entry_type = 'J12' then settings.reporting_currency else applied.currency_code end
            as currency_code,
        summed.component_id,
        summed.memo || ': ' || coalesce(components.name, summed.component_id) as memo,
        summed.entry_type || '/' || summed.entity || '/' || summed.month_key || '/' || summed.component_id
            as source_ref,
        cast(
            row_number() over (
                partition by summed.entry_type, summed.entity, summed.month_key
                order by
                    case when summed.amount > 0 then 0 else 1 end,
                    summed.account, summed.component_id, summed.cost_center, summed.account_key, summed.memo
            ) as integer
        ) as line_number,
        cast(greatest(summed.amount, 0) as decimal(18, 2)) as debit_amount,
        cast(greatest(-summed.amount, 0) as decimal(18, 2)) as credit_amount,
        applied.last_date as entry_date
    from summed
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ ref('int_policies__applied') }} as applied
        on summed.entity = applied.entity and summed.month_key = applied.month_key
    left join {{ source('company', 'account_names') }} as account_names
        on summed.entity = account_names.entity and summed.account = account_names.account_code
    left join {{ source('company', 'components') }} as components on summed.component_id = components.component_id
)

select * from final
