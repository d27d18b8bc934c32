-- Every distinct thing that the sorting rules look at; the reserved row stands for costs and absences.
with worked as (
    select
        item_type,
        labels,
        work_item_key
    from {{ ref('int_effort__classifiable') }}
    union all
    select
        item_type,
        labels,
        work_item_key
    from {{ source('closed', 'fct_effort_days') }}
),

listed as (
    select distinct
        coalesce(item_type, '') as item_type,
        coalesce(labels, '[]') as labels,
        coalesce({{ key_namespace('work_item_key') }}, '') as project_key,
        false as is_reserved
    from worked
    where not {{ is_reserved_item('work_item_key') }}
    union all
    select
        '' as item_type,
        '[]' as labels,
        '' as project_key,
        true as is_reserved
),

final as (
    select
        cast(
            row_number() over (order by is_reserved desc, item_type asc, labels asc, project_key asc) as bigint
        ) as work_type_id,
        item_type,
        labels,
        project_key,
        is_reserved
    from listed
)

select * from final
