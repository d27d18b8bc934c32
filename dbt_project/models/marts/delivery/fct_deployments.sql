with final as (
    select
        deployments.source,
        deployments.deployment_id,
        deployments.service,
        deployments.repository,
        deployments.environment,
        coalesce(streams.value_stream_id, 'NONE') as value_stream_id,
        deployments.actor,
        deployments.status,
        deployments.month_key,
        deployments.previous_deployment_id,
        deployments.url,
        deployments.commit_count,
        deployments.incident_count,
        deployments.recovery_minutes,
        deployments.is_planned,
        deployments.is_failed,
        deployments.is_rework,
        deployments.is_first_recorded,
        deployments.started_at,
        deployments.finished_at,
        deployments.recovered_at
    from {{ ref('int_deployments__judged') }} as deployments
    left join {{ ref('int_services__streams') }} as streams
        on deployments.service = streams.service
)

select * from final
