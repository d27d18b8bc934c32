-- When an item was assigned to a person and in a work status, in the person's working days.
with worked as (
    select
        intervals.work_item_key,
        items.source,
        intervals.from_at,
        intervals.to_at
    from {{ ref('int_items__field_intervals') }} as intervals
    inner join {{ ref('inp_work_items') }} as items
        on intervals.work_item_key = items.work_item_key
    inner join {{ ref('int_statuses__classified') }} as statuses
        on
            coalesce(items.project_key, '') = coalesce(statuses.project_key, '')
            and {{ status_key('intervals.value') }} = statuses.status_key
    where intervals.field = 'status' and statuses.kind = 'work'
),

assigned as (
    select
        worked.work_item_key,
        accounts.person_id,
        accounts.timezone,
        accounts.valid_from as owned_from,
        greatest(accounts.valid_from, accounts.zone_from_date) as valid_from,
        least(accounts.valid_to, accounts.zone_to_date) as valid_to,
        greatest(worked.from_at, assignments.from_at) as from_at,
        least(worked.to_at, assignments.to_at) as to_at,
        assignments.from_at as assigned_at
    from worked
    inner join {{ ref('int_items__field_intervals') }} as assignments
        on
            worked.work_item_key = assignments.work_item_key
            and assignments.field = 'assignee'
            and worked.from_at < assignments.to_at
            and worked.to_at > assignments.from_at
    inner join {{ ref('int_accounts__located') }} as accounts
        on
            worked.source = accounts.source
            and {{ account_key('assignments.value') }} = accounts.account_key
),

bounds as (
    select
        days.person_id,
        min(days.person_number) as person_number,
        min(days.work_date) as first_date,
        max(days.work_date) as last_date,
        -- The first and last day of every time zone reach over their midnight in UTC.
        cast({{ plus_days('min(span.evidence_from_date)', -1) }} as timestamp) as first_at,
        cast({{ plus_days('min(span.last_date)', 2) }} as timestamp) - interval '1' second as end_at
    from {{ ref('int_people__days') }} as days
    cross join {{ ref('int_ledger__spanned') }} as span
    group by days.person_id
),

clamped as (
    select
        assigned.work_item_key,
        assigned.person_id,
        bounds.person_number,
        assigned.timezone,
        greatest(assigned.owned_from, bounds.first_date) as owned_from,
        greatest(assigned.valid_from, bounds.first_date) as valid_from,
        least(assigned.valid_to, bounds.last_date) as valid_to,
        least(greatest(assigned.from_at, bounds.first_at), bounds.end_at) as from_at,
        least(greatest(assigned.to_at - interval '1' second, bounds.first_at), bounds.end_at) as to_at,
        least(greatest(assigned.assigned_at, bounds.first_at), bounds.end_at) as assigned_at
    from assigned
    inner join bounds
        on assigned.person_id = bounds.person_id
    where assigned.to_at > bounds.first_at and assigned.from_at < bounds.end_at
),

dated as (
    select
        clamped.work_item_key,
        clamped.person_id,
        clamped.person_number,
        greatest({{ zone_date('clamped.from_at', 'opened') }}, clamped.valid_from) as first_date,
        least({{ zone_date('clamped.to_at', 'closed') }}, clamped.valid_to) as last_date,
        greatest({{ zone_date('clamped.assigned_at', 'assigned') }}, clamped.owned_from) as assigned_date
    from clamped
    inner join {{ ref('int_timezones__days') }} as opened
        on clamped.timezone = opened.timezone and cast(clamped.from_at as date) = opened.utc_date
    inner join {{ ref('int_timezones__days') }} as closed
        on clamped.timezone = closed.timezone and cast(clamped.to_at as date) = closed.utc_date
    inner join {{ ref('int_timezones__days') }} as assigned
        on clamped.timezone = assigned.timezone and cast(clamped.assigned_at as date) = assigned.utc_date
),

numbered as (
    select
        work_item_key,
        person_id,
        person_number,
        {{ person_day_number('person_number', 'first_date') }} as first_person_day,
        {{ person_day_number('person_number', 'last_date') }} as last_person_day,
        {{ person_day_number('person_number', 'assigned_date') }} as assigned_person_day
    from dated
    where first_date <= last_date
),

-- Left joins, though every day is there: of inner ones the planner pairs days with days first, to compare them.
final as (
    select
        numbered.person_id,
        numbered.person_number,
        items.item_number,
        numbered.work_item_key,
        first_days.day_number + case when first_days.capacity_minutes > 0 then 0 else 1 end as first_day_number,
        last_days.day_number as last_day_number,
        assigned_days.day_number + case when assigned_days.capacity_minutes > 0 then 0 else 1 end
            as assigned_day_number
    from numbered
    inner join {{ ref('int_items__numbered') }} as items
        on numbered.work_item_key = items.work_item_key
    inner join {{ ref('int_people__days') }} as first_days
        on numbered.first_person_day = first_days.person_day_number
    left join {{ ref('int_people__days') }} as last_days
        on numbered.last_person_day = last_days.person_day_number
    left join {{ ref('int_people__days') }} as assigned_days
        on numbered.assigned_person_day = assigned_days.person_day_number
    where
        first_days.day_number + case when first_days.capacity_minutes > 0 then 0 else 1 end
        <= coalesce(last_days.day_number, 0)
)

select * from final
