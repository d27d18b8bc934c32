-- Whose hands an item passed through: assignees, reviewers, deployers, in the order of events.
with items as (
    select
        visits.work_item_key,
        work_items.source,
        min(visits.started_at) as entered_at,
        max(visits.ended_at) as ended_at
    from {{ ref('int_flow__visits') }} as visits
    inner join {{ ref('inp_work_items') }} as work_items
        on visits.work_item_key = work_items.work_item_key
    group by visits.work_item_key, work_items.source
),

held as (
    select
        items.work_item_key,
        items.source,
        assignments.value as account,
        greatest(assignments.from_at, items.entered_at) as event_at,
        1 as event_rank
    from items
    inner join {{ ref('int_items__field_intervals') }} as assignments
        on
            items.work_item_key = assignments.work_item_key
            and assignments.field = 'assignee'
            and items.ended_at > assignments.from_at
            and items.entered_at < assignments.to_at
    where assignments.value is not null
    union all
    select
        items.work_item_key,
        events.source,
        events.account,
        events.event_at,
        case events.event_kind when 'reviewed' then 2 else 3 end
    from items
    inner join {{ ref('int_code__linked') }} as linked
        on items.work_item_key = linked.work_item_key
    inner join {{ ref('int_evidence__recorded') }} as events
        on
            linked.artefact_kind = events.artefact_kind
            and linked.artefact_id = events.artefact_id
            and events.event_kind in ('reviewed', 'deployed')
            and items.entered_at <= events.event_at
            and items.ended_at >= events.event_at
),

named as (
    select
        held.work_item_key,
        held.event_at,
        held.event_rank,
        coalesce(accounts.person_id, held.source || ':' || {{ account_key('held.account') }}) as actor,
        accounts.person_id,
        coalesce(people.team, '') as team
    from held
    left join {{ ref('int_accounts__resolved') }} as accounts
        on
            held.source = accounts.source
            and {{ account_key('held.account') }} = accounts.account_key
            and cast(held.event_at as date) between accounts.valid_from and accounts.valid_to
    left join {{ source('company', 'people') }} as people
        on
            accounts.person_id = people.person_id
            and cast(held.event_at as date) >= people.start_date
            and cast(held.event_at as date) <= coalesce(people.end_date, cast('9999-12-31' as date))
    where coalesce(accounts.actor_kind, 'human') = 'human'
),

final as (
    select
        work_item_key,
        cast(row_number() over (partition by work_item_key order by event_at, event_rank, actor) as integer)
            as actor_number,
        event_at,
        actor,
        max(person_id) as person_id,
        max(team) as team
    from named
    group by work_item_key, event_at, event_rank, actor
)

select * from final
