with delivered as (
    select * from {{ ref('stg_raw__work_item_changes') }}
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
        delivered.change_id,
        delivered.changed_at,
        delivered.author,
        delivered.field,
        {{ global_key('delivered', 'from_value') }} as from_value,
        {{ global_key('delivered', 'to_value') }} as to_value,
        delivered.record_source,
        delivered.record_type,
        delivered.record_key
    from delivered
    {{ join_shared_namespace('delivered', 'work_item_key') }}
    {{ join_shared_namespace(
        'delivered', 'from_value',
        "case when delivered.field in ('parent_key', 'epic_key') then delivered.from_value end"
    ) }}
    {{ join_shared_namespace(
        'delivered', 'to_value',
        "case when delivered.field in ('parent_key', 'epic_key') then delivered.to_value end"
    ) }}
)

select * from final
