-- Lead and process time of an item in each step. The best evidence that meets the step decides alone: runs of the
-- pipeline in a step of deployments, time entries, sessions. One basis for all items that a stream finished in a
-- month: a step of work that under half of them left evidence in is filled by work; a queue has none.
with visits as (
    select * from {{ ref('int_flow__visits') }}
),

deployment_steps as (
    select distinct step from {{ source('company', 'workflow_statuses') }}
    where from_deployments
),

met as (
    select
        visits.work_item_key,
        visits.step,
        visits.calendar_id,
        activities.activity_kind,
        greatest(visits.started_at, activities.started_at) as started_at,
        least(visits.ended_at, activities.ended_at) as ended_at
    from visits
    inner join {{ ref('int_flow__activities') }} as activities
        on
            visits.work_item_key = activities.work_item_key
            and visits.started_at < activities.ended_at
            and visits.ended_at > activities.started_at
    left join deployment_steps
        on visits.step = deployment_steps.step
    where
        (visits.kind = 'work' and activities.activity_kind <> 'run')
        or (activities.activity_kind = 'run' and deployment_steps.step is not null)
),

worked as (
    select
        met.work_item_key,
        met.step,
        met.activity_kind,
        sum({{ working_clock('met.ended_at', 'last_day') }} - {{ working_clock('met.started_at', 'first_day') }})
            as process_microseconds
    from met
    inner join {{ ref('int_calendars__utc_days') }} as first_day
        on met.calendar_id = first_day.calendar_id and cast(met.started_at as date) = first_day.utc_date
    inner join {{ ref('int_calendars__utc_days') }} as last_day
        on met.calendar_id = last_day.calendar_id and cast(met.ended_at as date) = last_day.utc_date
    group by met.work_item_key, met.step, met.activity_kind
),

best as (
    select
        *,
        row_number() over (
            partition by work_item_key, step
            order by case activity_kind when 'run' then 1 when 'entry' then 2 else 3 end
        ) as choice
    from worked
),

moves as (
    select
        work_item_key,
        step,
        step_order,
        lead(step_order) over (partition by work_item_key order by visit_number) as next_order,
        is_return
    from visits
    where step_order is not null
),

departures as (
    select
        moves.work_item_key,
        moves.step,
        sum(case
            when coalesce(moves.next_order, case when items.is_finished then 9999 end) > moves.step_order then 1
            else 0
        end) as departure_count,
        sum(case when moves.is_return then 1 else 0 end) as return_count
    from moves
    inner join {{ ref('int_flow__items') }} as items
        on moves.work_item_key = items.work_item_key
    where moves.step <> '(gap)'
    group by moves.work_item_key, moves.step
),

steps as (
    select
        work_item_key,
        value_stream_id,
        step,
        min(step_order) as step_order,
        min(kind) as kind,
        count(*) as visit_count,
        cast(sum(lead_microseconds) as bigint) as lead_microseconds,
        cast(sum(clock_microseconds) as bigint) as clock_microseconds,
        cast(sum(case when is_rework then lead_microseconds else 0 end) as bigint) as rework_microseconds
    from visits
    group by work_item_key, value_stream_id, step
),

-- Changes asked for in a review, and a deployment that failed, send the work back to the step that made it: the last
-- work before the review, without such a step before the deployment, whether or not the ticket moves.
producing as (
    select
        handed.project,
        max(works.step_order) as step_order
    from (
        select
            project,
            coalesce(
                max(case when from_pull_requests then step_order end),
                min(case when from_deployments then step_order end)
            ) as step_order
        from {{ source('company', 'workflow_statuses') }}
        group by project
    ) as handed
    inner join {{ source('company', 'workflow_statuses') }} as works
        on handed.project = works.project and works.kind = 'work' and handed.step_order > works.step_order
    group by handed.project
),

sent_back as (
    select distinct
        items.work_item_key,
        producing.step_order
    from {{ ref('int_flow__items') }} as items
    inner join producing
        on items.workflow_project = producing.project
    inner join {{ ref('int_code__linked') }} as linked
        on items.work_item_key = linked.work_item_key and linked.artefact_kind = 'pull'
    inner join {{ ref('int_pull_requests__staged') }} as pulls
        on linked.artefact_id = pulls.repository || '#' || cast(pulls.number as varchar)
    left join {{ ref('int_deployments__judged') }} as deployments
        on pulls.deployment_source = deployments.source and pulls.deployment_id = deployments.deployment_id
    where pulls.changes_requested_count > 0 or deployments.is_failed
),

based as (
    select
        steps.*,
        items.month_key,
        best.activity_kind,
        best.process_microseconds as seen_microseconds,
        2 * count(best.activity_kind) over (partition by steps.value_stream_id, steps.step, items.month_key)
        >= count(*) over (partition by steps.value_stream_id, steps.step, items.month_key) as is_covered
    from steps
    inner join {{ ref('int_flow__items') }} as items
        on steps.work_item_key = items.work_item_key
    left join best
        on steps.work_item_key = best.work_item_key and steps.step = best.step and best.choice = 1
),

decided as (
    select
        *,
        case
            when kind = 'work' and not is_covered then 'whole_step'
            else coalesce(activity_kind, 'none')
        end as process_basis
    from based
),

final as (
    select
        decided.work_item_key,
        decided.value_stream_id,
        decided.month_key,
        decided.step,
        decided.step_order,
        decided.kind,
        decided.process_basis,
        decided.visit_count,
        coalesce(departures.departure_count, 0) as departure_count,
        coalesce(departures.return_count, 0) as return_count,
        coalesce(departures.return_count, 0) > 0 or sent_back.work_item_key is not null as is_returned,
        decided.lead_microseconds,
        cast(case decided.process_basis
            when 'whole_step' then decided.lead_microseconds
            when 'none' then 0
            else decided.seen_microseconds
        end as bigint) as process_microseconds,
        decided.clock_microseconds,
        decided.rework_microseconds
    from decided
    left join departures
        on decided.work_item_key = departures.work_item_key and decided.step = departures.step
    left join sent_back
        on decided.work_item_key = sent_back.work_item_key and decided.step_order = sent_back.step_order
)

select * from final
