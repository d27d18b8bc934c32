with final as (
    select
        incidents.source,
        incidents.incident_id,
        incidents.service,
        incidents.severity,
        incidents.deployment_source,
        incidents.deployment_id,
        incidents.link_kind,
        incidents.work_item_key,
        incidents.url,
        {{ month_key(local_timestamp('incidents.created_at', 'as_of.timezone')) }} as month_key,
        incidents.created_at,
        incidents.acknowledged_at,
        incidents.resolved_at
    from {{ ref('int_incidents__linked') }} as incidents
    cross join {{ ref('int_delivery__as_of') }} as as_of
)

select * from final
