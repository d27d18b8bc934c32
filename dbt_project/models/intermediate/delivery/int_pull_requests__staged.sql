-- The time points of a merged pull request, each raised to the one before it, so that the stages add up.
with accounts as (
    select
        source,
        account_key,
        min(actor_kind) as actor_kind
    from {{ ref('int_accounts__resolved') }}
    group by source, account_key
),

authored as (
    select
        links.source,
        links.repository,
        links.number,
        min(commits.authored_at) as first_authored_at,
        count(distinct commits.sha) as commit_count
    from {{ ref('inp_pull_request_commits') }} as links
    inner join {{ ref('inp_commits') }} as commits
        on links.sha = commits.sha
    group by links.source, links.repository, links.number
),

pulls as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        {{ account_key('pulls.author') }} as author_key,
        authored.first_authored_at,
        coalesce(authored.commit_count, 0) as commit_count,
        coalesce(pulls.ready_at, pulls.created_at) as ready_at,
        deployed.merged_at,
        case when deployed.deploy_state = 'measured' then deployed.deployed_at end as deployed_at,
        case when deployed.deploy_state = 'measured' then deployed.deployment_source end as deployment_source,
        case when deployed.deploy_state = 'measured' then deployed.deployment_id end as deployment_id,
        deployed.deploy_state,
        deployed.has_early_deployment
    from {{ ref('int_pull_requests__deployed') }} as deployed
    inner join {{ ref('inp_pull_requests') }} as pulls
        on
            deployed.source = pulls.source
            and deployed.repository = pulls.repository
            and deployed.number = pulls.number
    left join authored
        on
            deployed.source = authored.source
            and deployed.repository = authored.repository
            and deployed.number = authored.number
),

reviewed as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        min(reviews.submitted_at) as first_review_at,
        max(case when reviews.state = 'approved' then reviews.submitted_at end) as approved_at,
        count(*) as review_count,
        sum(case when reviews.state = 'changes_requested' then 1 else 0 end) as changes_requested_count
    from pulls
    inner join {{ ref('inp_reviews') }} as reviews
        on
            pulls.source = reviews.source
            and pulls.repository = reviews.repository
            and pulls.number = reviews.number
            and pulls.merged_at >= reviews.submitted_at
    left join accounts
        on reviews.source = accounts.source and {{ account_key('reviews.reviewer') }} = accounts.account_key
    where
        {{ account_key('reviews.reviewer') }} <> coalesce(pulls.author_key, '')
        and coalesce(accounts.actor_kind, 'human') = 'human'
    group by pulls.source, pulls.repository, pulls.number
),

points as (
    select
        pulls.*,
        reviewed.first_review_at,
        reviewed.approved_at,
        coalesce(reviewed.review_count, 0) as review_count,
        coalesce(reviewed.changes_requested_count, 0) as changes_requested_count,
        greatest(pulls.ready_at, coalesce(pulls.first_authored_at, pulls.ready_at)) as raised_ready_at
    from pulls
    left join reviewed
        on
            pulls.source = reviewed.source
            and pulls.repository = reviewed.repository
            and pulls.number = reviewed.number
),

raised as (
    select
        *,
        case when first_review_at is not null then greatest(first_review_at, raised_ready_at) end as raised_review_at,
        case when approved_at is not null then greatest(approved_at, raised_ready_at) end as raised_approved_at,
        greatest(merged_at, raised_ready_at) as raised_merged_at,
        case when deployed_at is not null then greatest(deployed_at, merged_at, raised_ready_at) end
            as raised_deployed_at
    from points
),

final as (
    select
        source,
        repository,
        number,
        author_key,
        deployment_source,
        deployment_id,
        deploy_state,
        cast({{ dbt.datediff('first_authored_at', 'raised_ready_at', 'minute') }} as bigint) as coding_minutes,
        cast({{ dbt.datediff('raised_ready_at', 'raised_review_at', 'minute') }} as bigint) as pickup_minutes,
        cast({{ dbt.datediff('raised_review_at', 'raised_approved_at', 'minute') }} as bigint) as review_minutes,
        cast({{ dbt.datediff('raised_approved_at', 'raised_merged_at', 'minute') }} as bigint) as merge_minutes,
        cast({{ dbt.datediff('raised_merged_at', 'raised_deployed_at', 'minute') }} as bigint)
            as deploy_minutes,
        cast({{ dbt.datediff('first_authored_at', 'raised_deployed_at', 'minute') }} as bigint)
            as lead_minutes,
        commit_count,
        review_count,
        changes_requested_count,
        cast(
            case when raised_ready_at > ready_at then 1 else 0 end
            + case when raised_review_at > first_review_at then 1 else 0 end
            + case when raised_approved_at > approved_at then 1 else 0 end
            + case when raised_merged_at > merged_at then 1 else 0 end
            + case when raised_deployed_at > deployed_at then 1 else 0 end as integer
        ) as raised_count,
        has_early_deployment,
        first_authored_at,
        ready_at,
        first_review_at,
        approved_at,
        merged_at,
        deployed_at
    from raised
)

select * from final
