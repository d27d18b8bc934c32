-- What the tracker says, without flapping: under a minute is no stay, its time goes to the stay before it.
with kept as (
    select
        work_item_key,
        workflow_project,
        interval_number,
        kind,
        step,
        step_order,
        is_current,
        is_bulk,
        started_at,
        lag(kind || coalesce(':' || step, '')) over (partition by work_item_key order by interval_number)
            as state_before,
        lead(started_at) over (partition by work_item_key order by interval_number) as next_started_at
    from {{ ref('int_status_intervals__placed') }}
    where is_current or {{ microseconds_between('started_at', 'ended_at') }} >= 60000000
),

numbered as (
    select
        *,
        sum(case when state_before = kind || coalesce(':' || step, '') then 0 else 1 end)
            over (partition by work_item_key order by interval_number rows unbounded preceding) as state_number
    from kept
),

states as (
    select
        work_item_key,
        workflow_project,
        cast(state_number as integer) as state_number,
        kind,
        step,
        min(step_order) as step_order,
        max(case when is_current then 1 else 0 end) = 1 as is_current,
        max(case when is_bulk then 1 else 0 end) = 1 as is_bulk,
        min(started_at) as started_at,
        case when count(*) = count(next_started_at) then max(next_started_at) end as ended_at
    from numbered
    group by work_item_key, workflow_project, state_number, kind, step
),

final as (
    select
        states.work_item_key,
        states.workflow_project,
        states.state_number,
        states.kind,
        states.step,
        states.step_order,
        states.is_current,
        states.is_bulk,
        coalesce(entries.started_at, states.started_at) as started_at,
        states.ended_at
    from states
    left join {{ ref('int_status_intervals__placed') }} as entries
        on
            states.work_item_key = entries.work_item_key
            and states.state_number = entries.interval_number
            and entries.interval_number = 1
)

select * from final
