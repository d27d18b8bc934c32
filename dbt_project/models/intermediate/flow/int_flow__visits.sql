-- Every stay of an item in a step, from its first entry to its end, read on its calendar's clock.
-- Pull requests overrule a tracker that lags behind them, not one that says the work went back; deployments speak
-- where the tracker has no step to say.
with items as (
    select * from {{ ref('int_flow__items') }}
),

evidence_steps as (
    select
        project,
        step,
        min(step_order) as step_order,
        min(kind) as kind,
        count(status_key) as status_count,
        max(case when from_pull_requests then 1 else 0 end) = 1 as from_pull_requests,
        max(case when from_deployments then 1 else 0 end) = 1 as from_deployments
    from {{ source('company', 'workflow_statuses') }}
    where from_pull_requests or from_deployments
    group by project, step
),

pull_steps as (
    select
        project,
        min(step_order) as pull_step_order
    from evidence_steps
    where from_pull_requests
    group by project
),

pulls as (
    select
        linked.work_item_key,
        coalesce(pulls.ready_at, pulls.created_at) as opened_at,
        coalesce(pulls.merged_at, pulls.closed_at) as closed_at,
        pulls.merged_at,
        deployed.deployed_at
    from {{ ref('int_code__linked') }} as linked
    inner join {{ ref('inp_pull_requests') }} as pulls
        on
            linked.artefact_kind = 'pull'
            and linked.artefact_id = pulls.repository || '#' || cast(pulls.number as varchar)
    left join {{ ref('int_pull_requests__staged') }} as deployed
        on
            pulls.source = deployed.source
            and pulls.repository = deployed.repository
            and pulls.number = deployed.number
    where pulls.merged_at is not null or pulls.closed_at is not null or not coalesce(pulls.is_draft, false)
),

evidence as (
    select
        items.work_item_key,
        steps.step,
        steps.step_order,
        steps.kind,
        1 as evidence_rank,
        pulls.opened_at as started_at,
        least(coalesce(pulls.closed_at, items.until_at), items.until_at) as ended_at,
        steps.step_order as last_overruled_order
    from items
    inner join pulls
        on items.work_item_key = pulls.work_item_key
    inner join evidence_steps as steps
        on items.workflow_project = steps.project and steps.from_pull_requests
    where pulls.opened_at < least(coalesce(pulls.closed_at, items.until_at), items.until_at)
    union all
    select
        items.work_item_key,
        steps.step,
        steps.step_order,
        steps.kind,
        2,
        pulls.merged_at,
        least(pulls.deployed_at, items.until_at),
        case when steps.status_count = 0 then coalesce(pull_steps.pull_step_order, 0) else 0 end
    from items
    inner join pulls
        on items.work_item_key = pulls.work_item_key
    inner join evidence_steps as steps
        on items.workflow_project = steps.project and steps.from_deployments
    left join pull_steps
        on items.workflow_project = pull_steps.project
    where pulls.merged_at < least(pulls.deployed_at, items.until_at)
),

states as (
    select
        states.work_item_key,
        states.kind,
        states.step,
        states.step_order,
        coalesce(max(case when states.kind in ('done', 'cancelled') then 9999 else states.step_order end) over (
            partition by states.work_item_key order by states.state_number rows unbounded preceding
        ) > states.step_order, false) as is_return,
        states.started_at,
        coalesce(states.ended_at, items.until_at) as ended_at,
        items.until_at
    from {{ ref('int_flow__states') }} as states
    inner join items
        on states.work_item_key = items.work_item_key
    where states.started_at < items.until_at
),

evidence_points as (
    select
        work_item_key,
        started_at as point_at
    from evidence
    union distinct
    select
        work_item_key,
        ended_at
    from evidence
),

-- A state begins a piece, and so does evidence inside one. Before the item existed in the tracker a pull request may
-- already have been open.
tracked as (
    select
        work_item_key,
        started_at,
        until_at,
        kind,
        step,
        step_order,
        is_return,
        true as is_moved
    from states
    union all
    select
        points.work_item_key,
        points.point_at,
        items.until_at,
        states.kind,
        states.step,
        states.step_order,
        coalesce(states.is_return, false),
        false
    from evidence_points as points
    inner join items
        on points.work_item_key = items.work_item_key and points.point_at < items.until_at
    left join states
        on
            points.work_item_key = states.work_item_key
            and points.point_at >= states.started_at
            and points.point_at < states.ended_at
    where coalesce(states.started_at <> points.point_at, true)
),

overruled as (
    select
        tracked.work_item_key,
        tracked.started_at,
        evidence.step,
        evidence.step_order,
        evidence.kind,
        row_number() over (
            partition by tracked.work_item_key, tracked.started_at
            order by evidence.evidence_rank, evidence.step_order, evidence.step
        ) as choice
    from tracked
    inner join evidence
        on
            tracked.work_item_key = evidence.work_item_key
            and tracked.started_at >= evidence.started_at
            and tracked.started_at < evidence.ended_at
    where coalesce(tracked.step_order, 0) <= evidence.last_overruled_order and not tracked.is_return
),

stays as (
    select
        tracked.work_item_key,
        tracked.started_at,
        tracked.until_at,
        coalesce(overruled.step, tracked.step, '(gap)') as step,
        coalesce(
            overruled.step_order,
            tracked.step_order,
            case when tracked.kind in ('done', 'cancelled') then 9999 end
        ) as step_order,
        coalesce(overruled.kind, tracked.kind, 'before') as kind,
        overruled.step is not null or tracked.step is not null as is_step,
        overruled.step is null and tracked.is_return and tracked.is_moved as is_moved_back
    from tracked
    left join overruled
        on
            tracked.work_item_key = overruled.work_item_key
            and tracked.started_at = overruled.started_at
            and overruled.choice = 1
),

entered as (
    select
        *,
        min(case when is_step then started_at end) over (partition by work_item_key) as entered_at,
        lag(step || ':' || kind) over (partition by work_item_key order by started_at) as stay_before,
        coalesce(lead(started_at) over (partition by work_item_key order by started_at), until_at) as ended_at
    from stays
),

numbered as (
    select
        *,
        sum(case when stay_before = step || ':' || kind and started_at > entered_at then 0 else 1 end)
            over (partition by work_item_key order by started_at rows unbounded preceding) as visit_number
    from entered
    where started_at >= entered_at
),

visits as (
    select
        work_item_key,
        visit_number,
        step,
        kind,
        min(step_order) as step_order,
        max(case when is_moved_back then 1 else 0 end) = 1 as is_moved_back,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from numbered
    group by work_item_key, visit_number, step, kind
),

-- The order of the last visit that has one hides in the last digits of the greatest number so far.
ordered as (
    select
        *,
        max(step_order) over (
            partition by work_item_key order by visit_number rows between unbounded preceding and 1 preceding
        ) as furthest_order,
        max(cast(visit_number as bigint) * 100000 + step_order) over (
            partition by work_item_key order by visit_number rows between unbounded preceding and 1 preceding
        ) % 100000 as order_before
    from visits
),

-- A return is a move back in the tracker; work that goes on once a pull request closes is none.
returned as (
    select
        *,
        is_moved_back and coalesce(order_before > step_order, false) as is_return,
        sum(case when is_moved_back and order_before > step_order then 1 else 0 end) over (
            partition by work_item_key order by visit_number rows unbounded preceding
        ) as returns_so_far
    from ordered
),

-- Joined to the left, so that no plan pairs every item with every day of its calendar first.
placed as (
    select
        returned.*,
        items.calendar_id,
        items.value_stream_id,
        items.until_at,
        items.is_finished
    from returned
    left join items
        on returned.work_item_key = items.work_item_key
),

clocked as (
    select
        placed.*,
        {{ working_clock('placed.started_at', 'first_day') }} as start_clock,
        {{ working_clock('placed.ended_at', 'last_day') }} as end_clock
    from placed
    inner join {{ ref('int_calendars__utc_days') }} as first_day
        on placed.calendar_id = first_day.calendar_id and cast(placed.started_at as date) = first_day.utc_date
    inner join {{ ref('int_calendars__utc_days') }} as last_day
        on placed.calendar_id = last_day.calendar_id and cast(placed.ended_at as date) = last_day.utc_date
),

final as (
    select
        work_item_key,
        cast(visit_number as integer) as visit_number,
        value_stream_id,
        calendar_id,
        step,
        cast(step_order as integer) as step_order,
        kind,
        cast(returns_so_far as integer) as returns_so_far,
        start_clock,
        end_clock,
        end_clock - start_clock as lead_microseconds,
        {{ microseconds_between('started_at', 'ended_at') }} as clock_microseconds,
        is_return,
        coalesce(step <> '(gap)' and returns_so_far > 0 and furthest_order >= step_order, false) as is_rework,
        not is_finished and ended_at = until_at and kind in ('work', 'wait') as is_open,
        started_at,
        ended_at
    from clocked
)

select * from final
