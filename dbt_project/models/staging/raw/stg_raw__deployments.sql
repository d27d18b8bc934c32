with final as (
    select
        source,
        deployment_id,
        service,
        repository,
        environment,
        sha,
        ref,
        actor,
        started_at,
        finished_at,
        status,
        is_planned,
        url,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'deployments') }}
)

select * from final
