-- What the tracker says, without flapping: under a minute is no stay, its time goes to the stay before it.
with intervals as (
    select
        *,
        min(started_at) over (partition by work_item_key) as entered_at,
        not is_current and {{ microseconds_between('started_at', 'ended_at') }} < 60000000 as is_flap
    from {{ ref('int_status_intervals__placed') }}
),

kept as (
    select
        *,
        row_number() over (partition by work_item_key order by interval_number) as kept_number,
        lag(kind || coalesce(':' || step, ''))
            over (partition by work_item_key order by interval_number)
            as state_before
    from intervals
    where not is_flap
),

numbered as (
    select
        *,
        sum(case when state_before = kind || coalesce(':' || step, '') then 0 else 1 end)
            over (partition by work_item_key order by kept_number rows unbounded preceding) as state_number,
        case when kept_number = 1 then entered_at else started_at end as kept_at
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
        min(kept_at) as started_at
    from numbered
    group by work_item_key, workflow_project, state_number, kind, step
),

final as (
    select
        *,
        lead(started_at) over (partition by work_item_key order by state_number) as ended_at
    from states
)

select * from final
