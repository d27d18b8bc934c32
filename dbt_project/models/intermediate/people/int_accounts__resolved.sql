-- One account, one person at a time: the best kind of match decides, and it alone.
with accounts as (
    select
        source,
        account_key,
        email_key,
        actor_kind,
        coalesce(record_source, source) as record_source,
        case
            when account_key like '%@users.noreply.github.com'
                then split_part(split_part(account_key, '@', 1), '+', -1)
        end as login_key
    from {{ ref('int_accounts__seen') }}
),

identities as (
    select
        source,
        {{ account_key('account') }} as account_key,
        person_id,
        coalesce(valid_from, cast('0001-01-01' as date)) as valid_from,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to
    from {{ source('company', 'identities') }}
),

addresses as (
    select
        {{ account_key('email') }} as email_key,
        min(person_id) as person_id
    from {{ source('company', 'people') }}
    where email is not null
    group by {{ account_key('email') }}
),

-- One key a row, so that each engine joins by equality: an `or` compares every account with every address.
written_as as (
    select
        source,
        account_key,
        account_key as address_key
    from accounts
    union
    select
        source,
        account_key,
        email_key
    from accounts
    where email_key is not null
),

matched as (
    select
        accounts.source,
        accounts.account_key,
        identities.person_id,
        identities.valid_from,
        identities.valid_to,
        1 as match_rank
    from accounts
    inner join identities
        on
            accounts.account_key = identities.account_key
            and identities.source in (accounts.source, accounts.record_source)
    union all
    select
        accounts.source,
        accounts.account_key,
        identities.person_id,
        identities.valid_from,
        identities.valid_to,
        2
    from accounts
    inner join identities
        on
            accounts.email_key = identities.account_key
            and identities.source in (accounts.source, accounts.record_source)
    union all
    select
        accounts.source,
        accounts.account_key,
        addresses.person_id,
        cast('0001-01-01' as date),
        cast('9999-12-31' as date),
        3
    from written_as as accounts
    inner join addresses
        on accounts.address_key = addresses.email_key
    union all
    select
        accounts.source,
        accounts.account_key,
        identities.person_id,
        identities.valid_from,
        identities.valid_to,
        4
    from accounts
    inner join identities
        on accounts.login_key = identities.account_key
    inner join {{ source('company', 'sources') }} as forges
        on identities.source = forges.name and forges.kind = 'github'
),

ranked as (
    select
        *,
        min(match_rank) over (partition by source, account_key) as best_rank
    from matched
),

final as (
    select distinct
        accounts.source,
        accounts.account_key,
        case
            when accounts.actor_kind <> 'human' then accounts.actor_kind
            when agents.person_id is not null then 'agent'
            else 'human'
        end as actor_kind,
        case when accounts.actor_kind = 'human' and agents.person_id is null then ranked.person_id end as person_id,
        ranked.valid_from,
        ranked.valid_to
    from accounts
    left join ranked
        on
            accounts.source = ranked.source
            and accounts.account_key = ranked.account_key
            and ranked.match_rank = ranked.best_rank
    left join (
        select distinct person_id
        from {{ source('company', 'people') }}
        where worker_type = 'agent' or role_class = 'agent'
    ) as agents
        on ranked.person_id = agents.person_id
)

select * from final
