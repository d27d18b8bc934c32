-- Deployments to production; an attempt that failed never reached users and is no link of the chain.
with production as (
    select
        deployments.source,
        deployments.deployment_id,
        deployments.service,
        deployments.repository,
        deployments.environment,
        deployments.actor,
        deployments.status,
        deployments.url,
        deployments.is_planned,
        coalesce(deployments.started_at, deployments.finished_at) as started_at,
        deployments.finished_at,
        {{ month_key(local_timestamp('deployments.finished_at', 'as_of.timezone')) }} as month_key,
        case when deployments.status = 'success' then 1 else 0 end as is_success
    from {{ ref('inp_deployments') }} as deployments
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where
        deployments.finished_at <= as_of.as_of_at
        and lower(trim(deployments.environment)) in (
            select lower(trim(environments.environment))
            from {{ source('company', 'delivery_environments') }} as environments
        )
),

numbered as (
    select
        *,
        sum(is_success) over (
            partition by service, environment order by finished_at, source, deployment_id
            rows unbounded preceding
        ) - is_success as successes_before
    from production
),

effective as (
    select
        source,
        deployment_id,
        lead(status) over (partition by service, environment order by finished_at, source, deployment_id)
            as next_status,
        lead(finished_at) over (partition by service, environment order by finished_at, source, deployment_id)
            as next_finished_at
    from production
    where status <> 'failure'
),

successes as (
    select
        source,
        deployment_id,
        service,
        environment,
        successes_before + 1 as success_number,
        lead(finished_at) over (partition by service order by finished_at, source, deployment_id) as next_success_at,
        row_number() over (partition by service, repository order by finished_at, source, deployment_id) = 1
            as is_first_recorded,
        min(finished_at) over (partition by service, repository) as first_success_at
    from numbered
    where status = 'success'
),

final as (
    select
        numbered.source,
        numbered.deployment_id,
        numbered.service,
        numbered.repository,
        numbered.environment,
        numbered.actor,
        numbered.status,
        numbered.url,
        numbered.month_key,
        effective.next_status,
        effective.next_finished_at,
        successes.next_success_at,
        previous.source as previous_source,
        previous.deployment_id as previous_deployment_id,
        coalesce(successes.is_first_recorded, false) as is_first_recorded,
        numbered.is_planned,
        numbered.started_at,
        numbered.finished_at,
        successes.first_success_at
    from numbered
    left join effective
        on numbered.source = effective.source and numbered.deployment_id = effective.deployment_id
    left join successes
        on numbered.source = successes.source and numbered.deployment_id = successes.deployment_id
    left join successes as previous
        on
            numbered.service = previous.service
            and numbered.environment = previous.environment
            and numbered.successes_before = previous.success_number
)

select * from final
