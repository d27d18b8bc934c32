-- Fields of items as they stood, replayed from their changes; status and assignee of every item, others where changed.
with changes as (
    select
        work_item_key,
        field,
        from_value,
        to_value,
        changed_at,
        row_number() over (
            partition by work_item_key, field
            order by changed_at, length(change_id), change_id
        ) as change_number,
        lead(changed_at) over (
            partition by work_item_key, field
            order by changed_at, length(change_id), change_id
        ) as next_changed_at
    from {{ ref('inp_work_item_changes') }}
    where
        field in ('status', 'assignee', 'item_type', 'parent_key', 'epic_key', 'labels', 'components', 'project_key')
),

unchanged as (
    select
        items.work_item_key,
        'status' as field,
        items.status as value,
        items.created_at
    from {{ ref('inp_work_items') }} as items
    left join changes
        on items.work_item_key = changes.work_item_key and changes.field = 'status' and changes.change_number = 1
    where changes.work_item_key is null
    union all
    select
        items.work_item_key,
        'assignee',
        items.assignee,
        items.created_at
    from {{ ref('inp_work_items') }} as items
    left join changes
        on items.work_item_key = changes.work_item_key and changes.field = 'assignee' and changes.change_number = 1
    where changes.work_item_key is null
),

intervals as (
    select
        changes.work_item_key,
        changes.field,
        changes.from_value as value,
        coalesce(items.created_at, changes.changed_at) as from_at,
        changes.changed_at as to_at,
        true as is_first
    from changes
    left join {{ ref('inp_work_items') }} as items
        on changes.work_item_key = items.work_item_key
    where changes.change_number = 1
    union all
    select
        work_item_key,
        field,
        to_value,
        changed_at,
        next_changed_at,
        false
    from changes
    union all
    select
        work_item_key,
        field,
        value,
        created_at,
        null,
        true
    from unchanged
),

-- A change after the data-as-of is not known yet: what it changed stands on.
final as (
    select
        intervals.work_item_key,
        intervals.field,
        intervals.value,
        intervals.from_at,
        case
            when intervals.to_at <= coalesce(settings.as_of_at, intervals.to_at) then intervals.to_at
            else cast('9999-12-31' as timestamp)
        end as to_at,
        intervals.is_first
    from intervals
    cross join {{ source('company', 'settings') }} as settings
    where
        intervals.from_at <= coalesce(settings.as_of_at, intervals.from_at)
        or (intervals.is_first and intervals.field not in ('status', 'assignee'))
)

select * from final
