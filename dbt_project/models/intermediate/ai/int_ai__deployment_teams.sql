-- The team of a deployment: of most pull requests first carried by it, else of most of the repository's.
with carried as (
    select
        changes.deployment_source,
        changes.deployment_id,
        marked.team,
        count(*) as pull_count
    from {{ ref('fct_pull_requests') }} as changes
    inner join {{ ref('fct_ai_pull_requests') }} as marked
        on
            changes.source = marked.source
            and changes.repository = marked.repository
            and changes.number = marked.number
    where changes.deployment_id is not null and marked.team <> 'NONE'
    group by changes.deployment_source, changes.deployment_id, marked.team
),

ranked as (
    select
        *,
        row_number()
            over (partition by deployment_source, deployment_id order by pull_count desc, team asc)
            as team_rank
    from carried
),

final as (
    select
        deployments.source,
        deployments.deployment_id,
        coalesce(ranked.team, repositories.team, 'NONE') as team,
        deployments.finished_at,
        deployments.recovery_minutes,
        deployments.is_failed,
        deployments.is_rework
    from {{ ref('fct_deployments') }} as deployments
    left join ranked
        on
            deployments.source = ranked.deployment_source
            and deployments.deployment_id = ranked.deployment_id
            and ranked.team_rank = 1
    left join {{ ref('int_ai__repository_teams') }} as repositories
        on deployments.repository = repositories.repository
    where deployments.status = 'success'
)

select * from final
