with final as (
    select
        source,
        incident_id,
        service,
        severity,
        created_at,
        acknowledged_at,
        resolved_at,
        deployment_id,
        work_item_key,
        url,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'incidents') }}
)

select * from final
