-- Stretches in which people or pipelines were seen at work on an item; overlapping ones joined.
-- An act of code stands for the quarter of an hour before it; acts within half an hour are one session.
with events as (
    select * from {{ ref('int_evidence__recorded') }}
    where event_kind in ('worklog', 'commit', 'reviewed')
),

humans as (
    select
        source,
        account_key,
        max(person_id) as person_id,
        min(actor_kind) as actor_kind
    from {{ ref('int_accounts__resolved') }}
    group by source, account_key
),

entries as (
    select
        events.work_item_key,
        'entry' as activity_kind,
        events.event_at as started_at,
        events.event_at + cast(events.seconds as integer) * interval '1' second as ended_at
    from events
    inner join humans
        on events.source = humans.source and {{ account_key('events.account') }} = humans.account_key
    where events.event_kind = 'worklog' and humans.actor_kind = 'human' and humans.person_id is not null
),

sessions as (
    select
        linked.work_item_key,
        'session' as activity_kind,
        events.event_at - interval '15' minute as started_at,
        events.event_at as ended_at
    from events
    inner join {{ ref('int_code__linked') }} as linked
        on events.artefact_kind = linked.artefact_kind and events.artefact_id = linked.artefact_id
    left join humans as machines
        on
            events.source = machines.source
            and {{ account_key('events.account') }} = machines.account_key
            and machines.actor_kind <> 'human'
    where events.event_kind <> 'worklog' and machines.account_key is null
),

runs as (
    select
        linked.work_item_key,
        'run' as activity_kind,
        deployments.started_at,
        deployments.finished_at as ended_at
    from {{ ref('int_code__linked') }} as linked
    inner join {{ ref('int_pull_requests__staged') }} as pulls
        on
            linked.artefact_kind = 'pull'
            and linked.artefact_id = pulls.repository || '#' || cast(pulls.number as varchar)
    inner join {{ ref('int_deployments__production') }} as deployments
        on
            pulls.deployment_source = deployments.source
            and pulls.deployment_id = deployments.deployment_id
),

activities as (
    select * from entries
    union all
    select * from sessions
    union all
    select * from runs
),

reached as (
    select
        *,
        max(ended_at) over (
            partition by work_item_key, activity_kind order by started_at, ended_at
            rows between unbounded preceding and 1 preceding
        ) as reached_at,
        max(ended_at) over (partition by work_item_key, activity_kind) as last_ended_at
    from activities
),

-- Two acts half an hour apart leave fifteen minutes between their stretches: that gap closes.
firsts as (
    select * from reached
    where
        reached_at is null
        or started_at > reached_at
        + case activity_kind when 'session' then interval '15' minute else interval '0' minute end
),

final as (
    select
        work_item_key,
        activity_kind,
        cast(row_number() over (partition by work_item_key, activity_kind order by started_at) as integer)
            as stretch_number,
        started_at,
        coalesce(
            lead(reached_at) over (partition by work_item_key, activity_kind order by started_at), last_ended_at
        ) as ended_at
    from firsts
)

select * from final
