-- Which successes failed after all, how they recovered, and which deployments only repaired another.
with deployments as (
    select * from {{ ref('int_deployments__production') }}
),

linked as (
    select
        deployment_source,
        deployment_id,
        count(*) as incident_count,
        case when count(*) = count(resolved_at) then max(resolved_at) end as resolved_at
    from {{ ref('int_incidents__linked') }}
    where deployment_id is not null
    group by deployment_source, deployment_id
),

shipped as (
    select
        deployment_source,
        deployment_id,
        count(*) as commit_count
    from {{ ref('int_commits__deployed') }}
    group by deployment_source, deployment_id
),

failed as (
    select
        deployments.*,
        coalesce(linked.incident_count, 0) as incident_count,
        coalesce(shipped.commit_count, 0) as commit_count,
        deployments.status = 'success'
        and (coalesce(deployments.next_status, '') = 'rollback' or linked.incident_count is not null) as is_failed,
        case
            when linked.resolved_at is null then deployments.next_finished_at
            when deployments.next_finished_at is null then linked.resolved_at
            else least(linked.resolved_at, deployments.next_finished_at)
        end as recovered_at
    from deployments
    left join linked
        on deployments.source = linked.deployment_source and deployments.deployment_id = linked.deployment_id
    left join shipped
        on deployments.source = shipped.deployment_source and deployments.deployment_id = shipped.deployment_id
),

final as (
    select
        failed.source,
        failed.deployment_id,
        failed.service,
        failed.repository,
        failed.environment,
        failed.actor,
        failed.status,
        failed.month_key,
        failed.previous_source,
        failed.previous_deployment_id,
        failed.url,
        cast(failed.commit_count as integer) as commit_count,
        cast(failed.incident_count as integer) as incident_count,
        case when failed.is_failed and failed.recovered_at is not null then cast(greatest(
            0, {{ dbt.datediff('failed.finished_at', 'failed.recovered_at', 'minute') }}
        ) as bigint) end as recovery_minutes,
        failed.is_planned,
        failed.is_failed,
        failed.status = 'success'
        and coalesce(not failed.is_planned, previous.is_failed, false) as is_rework,
        failed.is_first_recorded,
        failed.started_at,
        failed.finished_at,
        case
            when failed.is_failed and failed.recovered_at is not null
                then greatest(failed.recovered_at, failed.finished_at)
        end as recovered_at
    from failed
    left join failed as previous
        on
            failed.previous_source = previous.source
            and failed.previous_deployment_id = previous.deployment_id
)

select * from final
