-- When an item was assigned to a person and in a work status, cut to the days of the person that the ledger knows and
-- to what reaches into those of which touches are looked at.
-- A relation of its own: in one query with the days the planner, who cannot tell its size, pairs days with days.
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
            -- One text, so that items are joined first: by the status alone every project would meet every other.
            coalesce(items.project_key, '') || ' ' || {{ status_key('intervals.value') }}
            = coalesce(statuses.project_key, '') || ' ' || statuses.status_key
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

final as (
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
    inner join {{ ref('int_people__reach') }} as reach
        on assigned.person_id = reach.person_id
    where
        assigned.to_at > bounds.first_at
        and assigned.from_at < bounds.end_at
        -- A day more than the zones can differ by.
        and assigned.to_at >= coalesce({{ plus_days('reach.touched_from_date', -2) }}, cast('0001-01-01' as date))
)

select * from final
