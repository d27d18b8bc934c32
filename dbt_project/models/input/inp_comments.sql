with delivered as (
    select * from {{ ref('stg_raw__comments') }}
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
        delivered.comment_id,
        {{ global_key('delivered', 'work_item_key') }} as work_item_key,
        delivered.repository,
        delivered.number,
        delivered.author,
        delivered.created_at,
        delivered.record_source,
        delivered.record_type,
        delivered.record_key
    from delivered
    {{ join_shared_namespace('delivered', 'work_item_key') }}
)

select * from final
