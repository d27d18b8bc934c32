-- Merged pull requests by the definition of Apache DevLake, for teams that move over and reconcile.
-- Its ways kept on purpose: opened, not ready; any comment by another; minutes rounded up; negative spans null;
-- the first deployment of a service, repository and environment releases nothing, for it has none before it.
with pulls as (
    select pulls.*
    from {{ ref('inp_pull_requests') }} as pulls
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where pulls.merged_at <= as_of.as_of_at
),

authored as (
    select
        links.source,
        links.repository,
        links.number,
        min(commits.authored_at) as first_authored_at
    from {{ ref('inp_pull_request_commits') }} as links
    inner join {{ ref('inp_commits') }} as commits
        on links.sha = commits.sha
    group by links.source, links.repository, links.number
),

spoken as (
    select
        source,
        repository,
        number,
        reviewer as account,
        submitted_at as spoken_at
    from {{ ref('inp_reviews') }}
    union all
    select
        source,
        repository,
        number,
        author,
        created_at
    from {{ ref('inp_comments') }}
    where number is not null and work_item_key is null
),

answered as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        min(spoken.spoken_at) as first_review_at
    from pulls
    inner join spoken
        on
            pulls.source = spoken.source
            and pulls.repository = spoken.repository
            and pulls.number = spoken.number
            and {{ account_key('spoken.account') }} <> coalesce({{ account_key('pulls.author') }}, '')
    group by pulls.source, pulls.repository, pulls.number
),

deployments as (
    select
        *,
        row_number() over (
            partition by service, repository, environment order by finished_at, source, deployment_id
        ) as success_number
    from {{ ref('int_deployments__production') }}
    where status = 'success'
),

released as (
    select
        shipped.sha,
        deployments.service,
        deployments.deployment_id,
        deployments.source as deployment_source,
        deployments.finished_at,
        row_number() over (
            partition by shipped.sha
            order by deployments.started_at, deployments.source, deployments.deployment_id
        ) as choice
    from {{ source('ops', 'first_deployments') }} as shipped
    inner join deployments
        on shipped.source = deployments.source and shipped.deployment_id = deployments.deployment_id
    where deployments.success_number > 1
),

joined as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        released.service,
        released.deployment_source,
        released.deployment_id,
        pulls.merged_at,
        released.finished_at,
        {{ microseconds_between('authored.first_authored_at', 'pulls.created_at') }} as coding_span,
        {{ microseconds_between('pulls.created_at', 'answered.first_review_at') }} as pickup_span,
        {{ microseconds_between('answered.first_review_at', 'pulls.merged_at') }} as review_span,
        {{ microseconds_between('pulls.created_at', 'pulls.merged_at') }} as open_span,
        {{ microseconds_between('pulls.merged_at', 'released.finished_at') }} as deploy_span
    from pulls
    left join authored
        on
            pulls.source = authored.source
            and pulls.repository = authored.repository
            and pulls.number = authored.number
    left join answered
        on
            pulls.source = answered.source
            and pulls.repository = answered.repository
            and pulls.number = answered.number
    left join released
        on pulls.merge_commit_sha = released.sha and released.choice = 1
),

minutes as (
    select
        source,
        repository,
        number,
        service,
        deployment_source,
        deployment_id,
        merged_at,
        finished_at,
        {{ minutes_rounded_up('coding_span') }} as coding_minutes,
        {{ minutes_rounded_up('pickup_span') }} as pickup_minutes,
        {{ minutes_rounded_up('review_span') }} as review_minutes,
        {{ minutes_rounded_up('open_span') }} as open_minutes,
        {{ minutes_rounded_up('deploy_span') }} as deploy_minutes
    from joined
),

final as (
    select
        source,
        repository,
        number,
        service,
        deployment_source,
        deployment_id,
        coding_minutes,
        pickup_minutes,
        review_minutes,
        deploy_minutes,
        coalesce(coding_minutes, 0) + coalesce(open_minutes, 0) + coalesce(deploy_minutes, 0) as cycle_minutes,
        merged_at,
        finished_at as deployed_at
    from minutes
)

select * from final
