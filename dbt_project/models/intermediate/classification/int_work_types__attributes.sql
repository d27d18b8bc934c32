with labelled as (
    {{ exploded_list(ref('int_work_types__listed'), ['work_type_id'], 'labels', 'value') }}
),

final as (
    select
        work_type_id,
        'item_type' as field,
        item_type as value
    from {{ ref('int_work_types__listed') }}
    union all
    select
        work_type_id,
        'project' as field,
        project_key as value
    from {{ ref('int_work_types__listed') }}
    union all
    select distinct
        work_type_id,
        'label' as field,
        value
    from labelled
)

select * from final
