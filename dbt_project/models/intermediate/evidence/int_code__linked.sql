-- A pull request lends its items to its commits that name none; one that names none takes what its commits name.
with mentioned as (
    select * from {{ ref('int_code__mentioned') }}
),

pulls as (
    select
        requests.repository || '#' || cast(requests.number as varchar) as pull_id,
        requests.head_sha,
        case when requests.merged_at is not null then requests.merge_commit_sha end as merge_commit_sha
    from {{ ref('inp_pull_requests') }} as requests
    cross join {{ source('company', 'settings') }} as settings
    where requests.created_at <= coalesce(settings.as_of_at, requests.created_at)
),

pull_commits as (
    select
        pulls.pull_id,
        commits.sha
    from {{ ref('inp_pull_request_commits') }} as commits
    inner join pulls
        on commits.repository || '#' || cast(commits.number as varchar) = pulls.pull_id
    union all
    select
        pull_id,
        head_sha
    from pulls
    where head_sha is not null
    union all
    select
        pull_id,
        merge_commit_sha
    from pulls
    where merge_commit_sha is not null
),

commits_of_silent_pulls as (
    select pull_commits.*
    from pull_commits
    left join mentioned as naming
        on pull_commits.pull_id = naming.artefact_id and naming.artefact_kind = 'pull'
    where naming.artefact_id is null
),

pull_items as (
    select
        artefact_id as pull_id,
        work_item_key
    from mentioned
    where artefact_kind = 'pull'
    union all
    select distinct
        silent.pull_id,
        mentioned.work_item_key
    from commits_of_silent_pulls as silent
    inner join mentioned
        on silent.sha = mentioned.artefact_id and mentioned.artefact_kind = 'commit'
),

silent_commits as (
    select pull_commits.*
    from pull_commits
    left join mentioned as naming
        on pull_commits.sha = naming.artefact_id and naming.artefact_kind = 'commit'
    where naming.artefact_id is null
),

commit_items as (
    select
        artefact_id as sha,
        work_item_key
    from mentioned
    where artefact_kind = 'commit'
    union all
    select distinct
        silent.sha,
        pull_items.work_item_key
    from silent_commits as silent
    inner join pull_items
        on silent.pull_id = pull_items.pull_id
),

deployed_commits as (
    select
        source || ':' || deployment_id as deployment_key,
        sha
    from {{ ref('inp_deployment_commits') }}
    union distinct
    select
        source || ':' || deployment_id,
        sha
    from {{ ref('inp_deployments') }}
    where sha is not null
),

linked as (
    select
        'pull' as artefact_kind,
        pull_id as artefact_id,
        work_item_key
    from pull_items
    union all
    select
        'commit',
        sha,
        work_item_key
    from commit_items
    union all
    select distinct
        'deployment',
        deployed_commits.deployment_key,
        commit_items.work_item_key
    from deployed_commits
    inner join commit_items
        on deployed_commits.sha = commit_items.sha
),

final as (
    select
        artefact_kind,
        artefact_id,
        work_item_key,
        count(*) over (partition by artefact_kind, artefact_id) as item_count
    from linked
)

select * from final
