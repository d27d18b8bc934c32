with delivered as (
    select * from {{ ref('stg_raw__work_items') }}
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
        {{ global_key('delivered', 'work_item_key') }} as work_item_key,
        delivered.item_type,
        delivered.title,
        delivered.status,
        delivered.status_category,
        {{ global_key('delivered', 'parent_key') }} as parent_key,
        delivered.project_key,
        {{ global_key('delivered', 'epic_key') }} as epic_key,
        delivered.components,
        delivered.labels,
        delivered.fix_versions,
        delivered.priority,
        delivered.assignee,
        delivered.reporter,
        delivered.resolution,
        delivered.estimate_points,
        delivered.estimate_seconds,
        delivered.created_at,
        delivered.resolved_at,
        delivered.updated_at,
        delivered.url,
        delivered.fields,
        delivered.is_deleted,
        delivered.has_history,
        delivered.record_source,
        delivered.record_type,
        delivered.record_key
    from delivered
    {{ join_shared_namespace('delivered', 'work_item_key') }}
    {{ join_shared_namespace('delivered', 'parent_key') }}
    {{ join_shared_namespace('delivered', 'epic_key') }}
)

select * from final
