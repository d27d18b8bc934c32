-- The first production deployment that brought a merged pull request to users, found by its merge, else by its head.
with known as (
    select distinct sha from {{ ref('inp_commits') }}
),

pulls as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        pulls.merged_at,
        pulls.merge_commit_sha,
        pulls.head_sha,
        known.sha is not null as is_merge_known
    from {{ ref('inp_pull_requests') }} as pulls
    cross join {{ ref('int_delivery__as_of') }} as as_of
    left join known
        on pulls.merge_commit_sha = known.sha
    where pulls.merged_at <= as_of.as_of_at
),

deployments as (
    select * from {{ ref('int_deployments__production') }}
    where status = 'success'
),

firsts as (
    select
        shipped.sha,
        shipped.is_listed,
        deployments.service,
        deployments.source as deployment_source,
        deployments.deployment_id,
        deployments.is_first_recorded,
        deployments.finished_at,
        deployments.first_success_at
    from {{ source('ops', 'first_deployments') }} as shipped
    inner join deployments
        on shipped.source = deployments.source and shipped.deployment_id = deployments.deployment_id
),

matches as (
    select
        pulls.*,
        firsts.*,
        1 as match_rank
    from pulls
    inner join firsts
        on pulls.merge_commit_sha = firsts.sha
    union all
    select
        pulls.*,
        firsts.*,
        2
    from pulls
    inner join firsts
        on pulls.head_sha = firsts.sha
),

-- A deployment before the merge released no merged change; without the merge in the graph the next success did.
released as (
    select
        source,
        repository,
        number,
        match_rank,
        is_listed,
        deployment_source,
        deployment_id,
        is_first_recorded,
        finished_at,
        first_success_at
    from matches
    where finished_at >= merged_at
    union all
    select
        early.source,
        early.repository,
        early.number,
        early.match_rank,
        early.is_listed,
        later.source as deployment_source,
        later.deployment_id,
        later.is_first_recorded,
        later.finished_at,
        later.first_success_at
    from matches as early
    inner join deployments as later
        on early.service = later.service and early.merged_at <= later.finished_at
    where early.finished_at < early.merged_at and not early.is_merge_known
),

chosen as (
    select
        *,
        row_number() over (
            partition by source, repository, number
            order by match_rank, finished_at, deployment_source, deployment_id
        ) as choice
    from released
),

early_pulls as (
    select distinct
        source,
        repository,
        number
    from matches
    where finished_at < merged_at
),

final as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        pulls.merged_at,
        chosen.deployment_source,
        chosen.deployment_id,
        case
            when chosen.deployment_id is null then 'not_deployed'
            when chosen.is_listed then 'measured'
            when chosen.is_first_recorded or pulls.merged_at < chosen.first_success_at then 'before_first_deployment'
            else 'measured'
        end as deploy_state,
        early_pulls.number is not null as has_early_deployment,
        chosen.finished_at as deployed_at
    from pulls
    left join chosen
        on
            pulls.source = chosen.source
            and pulls.repository = chosen.repository
            and pulls.number = chosen.number
            and chosen.choice = 1
    left join early_pulls
        on
            pulls.source = early_pulls.source
            and pulls.repository = early_pulls.repository
            and pulls.number = early_pulls.number
)

select * from final
