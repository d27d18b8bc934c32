-- Deployments to production of the run month.
with final as (
    select
        deployments.source,
        deployments.deployment_id,
        deployments.service,
        deployments.environment,
        deployments.value_stream_id,
        deployments.status,
        deployments.url,
        deployments.commit_count,
        deployments.incident_count,
        deployments.recovery_minutes,
        deployments.is_planned,
        deployments.is_failed,
        deployments.is_rework,
        case
            when not deployments.is_failed then ''
            when deployments.incident_count > 0 then 'incident'
            else 'rolled back'
        end as failure_evidence,
        deployments.started_at,
        deployments.finished_at,
        deployments.recovered_at
    from {{ ref('fct_deployments') }} as deployments
    inner join {{ ref('dim_months') }} as months
        on deployments.month_key = months.month_key
    where months.is_run_month
)

select * from final
