-- A status is what its workflow says; one that no workflow places follows the tracker's category.
with places as (
    select
        project,
        status_key,
        min(kind) as kind
    from {{ source('company', 'workflow_statuses') }}
    group by project, status_key
),

named_projects as (
    select distinct project from {{ source('company', 'workflow_statuses') }}
),

shown as (
    select project_key, {{ status_key('status') }} as status_key, status_category
    from {{ ref('inp_work_items') }}
    union all
    select items.project_key, {{ status_key('changes.to_value') }}, null
    from {{ ref('inp_work_item_changes') }} as changes
    inner join {{ ref('inp_work_items') }} as items
        on changes.work_item_key = items.work_item_key
    where changes.field = 'status'
    union all
    select items.project_key, {{ status_key('changes.from_value') }}, null
    from {{ ref('inp_work_item_changes') }} as changes
    inner join {{ ref('inp_work_items') }} as items
        on changes.work_item_key = items.work_item_key
    where changes.field = 'status'
),

statuses as (
    select
        project_key,
        status_key,
        min(status_category) as status_category
    from shown
    where status_key is not null
    group by project_key, status_key
),

categories as (
    select
        status_key,
        min(status_category) as status_category
    from statuses
    group by status_key
),

final as (
    select
        statuses.project_key,
        statuses.status_key,
        coalesce(own.kind, common.kind) as workflow_kind,
        coalesce(statuses.status_category, categories.status_category) as status_category,
        coalesce(
            own.kind,
            common.kind,
            case coalesce(statuses.status_category, categories.status_category)
                when 'in_progress' then 'work'
                when 'done' then 'done'
                when 'todo' then 'before'
            end,
            'unknown'
        ) as kind
    from statuses
    left join categories
        on statuses.status_key = categories.status_key
    left join named_projects
        on statuses.project_key = named_projects.project
    left join places as own
        on statuses.project_key = own.project and statuses.status_key = own.status_key
    left join places as common
        on common.project = '*' and statuses.status_key = common.status_key and named_projects.project is null
)

select * from final
