-- Accounts that no person claims, with what they did in each month that the run computes. Bots and agents are listed,
-- not counted.
with events as (
    select
        recorded.source,
        {{ account_key('recorded.account') }} as account_key,
        {{ month_key('recorded.event_at') }} as month_key,
        cast(recorded.event_at as date) as event_date
    from {{ ref('int_evidence__recorded') }} as recorded
    cross join {{ ref('int_ledger__spanned') }} as span
    where
        recorded.event_at >= cast(span.computed_from_date as timestamp)
        and recorded.event_at < cast({{ plus_days('span.last_date', 1) }} as timestamp)
),

kinds as (
    select
        source,
        account_key,
        min(actor_kind) as actor_kind
    from {{ ref('int_accounts__resolved') }}
    group by source, account_key
),

matched as (
    select
        events.source,
        events.account_key,
        events.month_key,
        kinds.actor_kind,
        persons.person_id
    from events
    inner join kinds
        on events.source = kinds.source and events.account_key = kinds.account_key
    left join {{ ref('int_accounts__resolved') }} as persons
        on
            events.source = persons.source
            and events.account_key = persons.account_key
            and persons.person_id is not null
            and events.event_date between persons.valid_from and persons.valid_to
),

totals as (
    select
        month_key,
        count(*) as evidence_count
    from matched
    where actor_kind = 'human'
    group by month_key
),

final as (
    select
        matched.source,
        matched.account_key as account,
        matched.month_key,
        matched.actor_kind,
        cast(count(*) as bigint) as evidence_count,
        cast(case when matched.actor_kind = 'human' then count(*) else 0 end as double precision)
        / nullif(min(totals.evidence_count), 0) as evidence_ratio
    from matched
    left join totals
        on matched.month_key = totals.month_key
    where matched.person_id is null
    group by matched.source, matched.account_key, matched.month_key, matched.actor_kind
)

select * from final
