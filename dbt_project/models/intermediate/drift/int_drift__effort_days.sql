{{ config(materialized='view') }}

-- Effort of closed months twice: as it was closed, and as the records say today.
with final as (
    select
        'closed' as reading,
        month_key,
        work_date,
        person_id,
        entity,
        cost_center,
        role_class,
        worker_type,
        team,
        work_item_key,
        evidence_tier,
        coalesce(item_type, '') as item_type,
        coalesce(labels, '[]') as labels,
        coalesce(parent_key, '') as parent_key,
        coalesce(epic_key, '') as epic_key,
        cast(minutes as bigint) as minutes
    from {{ source('closed', 'fct_effort_days') }}
    union all
    select
        'today' as reading,
        month_key,
        work_date,
        person_id,
        entity,
        cost_center,
        role_class,
        worker_type,
        team,
        work_item_key,
        evidence_tier,
        coalesce(item_type, '') as item_type,
        coalesce(labels, '[]') as labels,
        coalesce(parent_key, '') as parent_key,
        coalesce(epic_key, '') as epic_key,
        cast(minutes as bigint) as minutes
    from {{ ref('int_effort__described') }}
    where month_key in (select closed_months.month_key from {{ source('closed', 'months') }} as closed_months)
)

select * from final
