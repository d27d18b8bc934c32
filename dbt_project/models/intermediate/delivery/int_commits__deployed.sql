-- Commits (no merges) with the deployment that first brought them to users, per service.
with commits as (
    select
        sha,
        min(repository) as repository,
        min(authored_at) as authored_at
    from {{ ref('inp_commits') }}
    where coalesce({{ json_list_length('parents') }}, 0) <= 1
    group by sha
),

final as (
    select
        shipped.service,
        shipped.sha,
        commits.repository,
        deployments.source as deployment_source,
        deployments.deployment_id,
        deployments.month_key,
        commits.authored_at,
        deployments.finished_at,
        shipped.is_listed or not shipped.is_first_recorded as is_measurable,
        greatest(0, {{ microseconds_between('commits.authored_at', 'deployments.finished_at') }}) as lead_microseconds
    from {{ source('ops', 'first_deployments') }} as shipped
    inner join commits
        on shipped.sha = commits.sha
    inner join {{ ref('int_deployments__production') }} as deployments
        on
            shipped.source = deployments.source
            and shipped.deployment_id = deployments.deployment_id
)

select * from final
