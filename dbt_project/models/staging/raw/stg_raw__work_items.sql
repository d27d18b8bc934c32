{%- set columns = [
    'source', 'work_item_key', 'item_type', 'title', 'status', 'status_category', 'parent_key',
    'project_key', 'epic_key', 'components', 'labels', 'fix_versions', 'priority', 'assignee', 'reporter',
    'resolution', 'estimate_points', 'estimate_seconds', 'created_at', 'resolved_at', 'updated_at', 'url',
    'fields', 'is_deleted', 'has_history', 'record_source', 'record_type', 'record_key',
] -%}
-- A key names one item: where two records claim it (an item moved, its place taken again), the newest holds.
with final as (
    {{ first_claim(
        source('raw', 'work_items'), columns, key='source, work_item_key', order='updated_at desc, record_key asc'
    ) }}
)

select * from final
