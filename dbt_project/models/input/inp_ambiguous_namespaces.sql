-- Judged by project or repository, not by key, so that a key keeps its form when its twin arrives later.
with delivered as (
    select
        source,
        work_item_key
    from {{ ref('stg_raw__work_items') }}
),

namespaces as (
    select distinct
        source,
        {{ key_namespace('work_item_key') }} as namespace
    from delivered
),

shared as (
    select namespace
    from namespaces
    group by namespace
    having count(*) > 1
),

final as (
    select
        namespaces.source,
        namespaces.namespace
    from namespaces
    inner join shared on namespaces.namespace = shared.namespace
)

select * from final
