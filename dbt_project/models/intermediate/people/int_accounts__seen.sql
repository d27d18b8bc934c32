-- Accounts are compared without case; every account that a source shows, with the class the source gives it.
with shown as (
    select
        source,
        account,
        email,
        kind,
        record_source
    from {{ ref('inp_actors') }}
    union all
    select distinct
        source,
        account,
        null,
        null,
        null
    from {{ ref('int_evidence__recorded') }}
    union all
    select distinct
        source,
        assignee,
        null,
        null,
        null
    from {{ ref('inp_work_items') }}
    union all
    select distinct
        source,
        to_value,
        null,
        null,
        null
    from {{ ref('inp_work_item_changes') }}
    where field = 'assignee'
    union all
    select distinct
        source,
        from_value,
        null,
        null,
        null
    from {{ ref('inp_work_item_changes') }}
    where field = 'assignee'
),

final as (
    select
        source,
        {{ account_key('account') }} as account_key,
        min({{ account_key('email') }}) as email_key,
        coalesce(min(kind), 'human') as actor_kind,
        min(record_source) as record_source
    from shown
    where account is not null
    group by source, {{ account_key('account') }}
)

select * from final
