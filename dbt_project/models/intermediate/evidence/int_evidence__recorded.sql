{{ config(materialized='view') }}
-- A view: its texts are quickly put together where they are read, and slowly stored.
-- What somebody did, on an item or on an artefact of code, in one shape; not yet whose account, not yet which item.
with settings as (
    select
        trusted_worklogs_people,
        coalesce(as_of_at, cast('9999-12-31' as timestamp)) as as_of_at
    from {{ source('company', 'settings') }}
),

worklogs as (
    select
        'worklog' as event_kind,
        worklogs.source,
        worklogs.author as account,
        worklogs.started_at as event_at,
        'item' as artefact_kind,
        worklogs.work_item_key as artefact_id,
        cast(null as varchar) as repository,
        worklogs.work_item_key,
        worklogs.seconds,
        'worklog:' || worklogs.worklog_id as event_ref
    from {{ ref('inp_worklogs') }} as worklogs
    cross join settings
    where
        worklogs.seconds > 0
        and (
            settings.trusted_worklogs_people
            or {{ account_key('worklogs.author') }} in (
                select {{ account_key('account') }} from {{ source('company', 'trusted_accounts') }}
            )
        )
),

changes as (
    select
        case when changes.field = 'status' then 'status_moved' else 'item_changed' end as event_kind,
        changes.source,
        changes.author as account,
        changes.changed_at as event_at,
        'item' as artefact_kind,
        changes.work_item_key as artefact_id,
        cast(null as varchar) as repository,
        changes.work_item_key,
        cast(null as bigint) as seconds,
        'change:' || changes.change_id as event_ref
    from {{ ref('inp_work_item_changes') }} as changes
    left join {{ ref('int_changes__bulk') }} as bulk
        on changes.source = bulk.source and changes.change_id = bulk.change_id
    where bulk.change_id is null
),

comments as (
    select
        'commented' as event_kind,
        source,
        author as account,
        created_at as event_at,
        case when work_item_key is null then 'pull' else 'item' end as artefact_kind,
        coalesce(work_item_key, repository || '#' || cast(number as varchar)) as artefact_id,
        repository,
        work_item_key,
        cast(null as bigint) as seconds,
        'comment:' || comment_id as event_ref
    from {{ ref('inp_comments') }}
),

commits as (
    select
        'commit' as event_kind,
        source,
        author as account,
        authored_at as event_at,
        'commit' as artefact_kind,
        sha as artefact_id,
        repository,
        cast(null as varchar) as work_item_key,
        cast(null as bigint) as seconds,
        'commit:' || sha as event_ref
    from {{ ref('inp_commits') }}
    where coalesce({{ json_list_length('parents') }}, 0) <= 1
),

pulls as (
    select
        source,
        repository,
        author,
        created_at,
        merged_by,
        merged_at,
        repository || '#' || cast(number as varchar) as pull_id
    from {{ ref('inp_pull_requests') }}
),

pull_events as (
    select
        'pull_opened' as event_kind,
        source,
        author as account,
        created_at as event_at,
        'pull' as artefact_kind,
        pull_id as artefact_id,
        repository,
        cast(null as varchar) as work_item_key,
        cast(null as bigint) as seconds,
        'pull:' || pull_id as event_ref
    from pulls
    union all
    select
        'merged',
        source,
        merged_by,
        merged_at,
        'pull',
        pull_id,
        repository,
        null,
        null,
        'merge:' || pull_id
    from pulls
    where merged_at is not null and {{ account_key('merged_by') }} <> coalesce({{ account_key('author') }}, '')
    union all
    select
        'reviewed',
        source,
        reviewer,
        submitted_at,
        'pull',
        repository || '#' || cast(number as varchar),
        repository,
        null,
        null,
        'review:' || review_id
    from {{ ref('inp_reviews') }}
),

deployments as (
    select
        'deployed' as event_kind,
        source,
        actor as account,
        finished_at as event_at,
        'deployment' as artefact_kind,
        source || ':' || deployment_id as artefact_id,
        repository,
        cast(null as varchar) as work_item_key,
        cast(null as bigint) as seconds,
        'deployment:' || deployment_id as event_ref
    from {{ ref('inp_deployments') }}
),

recorded as (
    select * from worklogs
    union all
    select * from changes
    union all
    select * from comments
    union all
    select * from commits
    union all
    select * from pull_events
    union all
    select * from deployments
),

final as (
    select recorded.*
    from recorded
    cross join settings
    where recorded.account is not null and recorded.event_at is not null and recorded.event_at <= settings.as_of_at
)

select * from final
