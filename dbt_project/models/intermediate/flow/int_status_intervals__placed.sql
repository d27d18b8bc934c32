-- How long an item stood in each status; a workflow rewritten in bulk is no move, unless it ends work in a step.
with items as (
    select
        items.work_item_key,
        items.source,
        items.status,
        items.created_at,
        coalesce(named.project, '*') as workflow_project
    from {{ ref('inp_work_items') }} as items
    cross join {{ ref('int_delivery__as_of') }} as as_of
    left join (select distinct project from {{ source('company', 'workflow_statuses') }}) as named
        on items.project_key = named.project
    where items.created_at <= as_of.as_of_at
),

workflow as (
    select
        project,
        status_key,
        min(step) as step,
        min(step_order) as step_order,
        min(kind) as kind
    from {{ source('company', 'workflow_statuses') }}
    where status_key is not null
    group by project, status_key
),

changes as (
    select
        items.work_item_key,
        items.workflow_project,
        changes.change_id,
        changes.changed_at,
        changes.from_value,
        changes.to_value,
        bulk.change_id is not null as is_bulk,
        bulk.change_id is null or (
            coalesce(origins.kind, '') in ('work', 'wait') and coalesce(targets.kind, '') in ('done', 'cancelled')
        ) as is_move,
        row_number() over (
            partition by items.work_item_key order by changes.changed_at, length(changes.change_id), changes.change_id
        ) as change_number
    from {{ ref('inp_work_item_changes') }} as changes
    cross join {{ ref('int_delivery__as_of') }} as as_of
    inner join items
        on changes.work_item_key = items.work_item_key
    left join {{ ref('int_changes__bulk') }} as bulk
        on changes.source = bulk.source and changes.change_id = bulk.change_id
    left join workflow as origins
        on items.workflow_project = origins.project and {{ status_key('changes.from_value') }} = origins.status_key
    left join workflow as targets
        on items.workflow_project = targets.project and {{ status_key('changes.to_value') }} = targets.status_key
    where changes.field = 'status' and changes.changed_at <= as_of.as_of_at
),

entered as (
    select
        items.work_item_key,
        items.workflow_project,
        coalesce(firsts.from_value, items.status) as status,
        least(items.created_at, coalesce(firsts.changed_at, items.created_at)) as started_at,
        0 as change_number,
        false as is_bulk
    from items
    left join changes as firsts
        on items.work_item_key = firsts.work_item_key and firsts.change_number = 1
    union all
    select
        work_item_key,
        workflow_project,
        to_value,
        changed_at,
        change_number,
        is_bulk
    from changes
    where is_move
),

spans as (
    select
        *,
        lead(started_at) over (partition by work_item_key order by change_number) as ended_at,
        lead(change_number) over (partition by work_item_key order by change_number) as next_change_number,
        row_number() over (partition by work_item_key order by change_number) as interval_number
    from entered
),

-- A status that no workflow places may have been given a new name in bulk: then that name places it.
renamed as (
    select
        spans.work_item_key,
        spans.interval_number,
        changes.to_value as renamed_to,
        row_number() over (
            partition by spans.work_item_key, spans.interval_number order by changes.change_number desc
        ) as choice
    from spans
    inner join changes
        on
            spans.work_item_key = changes.work_item_key
            and not changes.is_move
            and spans.change_number < changes.change_number
            and changes.change_number < coalesce(spans.next_change_number, 2147483647)
),

final as (
    select
        spans.work_item_key,
        cast(spans.interval_number as integer) as interval_number,
        spans.workflow_project,
        spans.status,
        coalesce(own.step, renames.step) as step,
        coalesce(own.step_order, renames.step_order) as step_order,
        coalesce(own.kind, renames.kind, 'unmapped') as kind,
        spans.is_bulk,
        spans.ended_at is null as is_current,
        spans.started_at,
        spans.ended_at
    from spans
    left join renamed
        on
            spans.work_item_key = renamed.work_item_key
            and spans.interval_number = renamed.interval_number
            and renamed.choice = 1
    left join workflow as own
        on spans.workflow_project = own.project and {{ status_key('spans.status') }} = own.status_key
    left join workflow as renames
        on
            own.kind is null
            and spans.workflow_project = renames.project
            and {{ status_key('renamed.renamed_to') }} = renames.status_key
)

select * from final
