with delivered as (
    select * from {{ ref('stg_raw__incidents') }}
),

shared as (
    select
        source,
        namespace
    from {{ ref('inp_ambiguous_namespaces') }}
),

final as (
    select
        delivered.source,
        delivered.incident_id,
        delivered.service,
        delivered.severity,
        delivered.created_at,
        delivered.acknowledged_at,
        delivered.resolved_at,
        delivered.deployment_id,
        {{ global_key('delivered', 'work_item_key') }} as work_item_key,
        delivered.url,
        delivered.record_source,
        delivered.record_type,
        delivered.record_key
    from delivered
    {{ join_shared_namespace('delivered', 'work_item_key') }}
)

select * from final
