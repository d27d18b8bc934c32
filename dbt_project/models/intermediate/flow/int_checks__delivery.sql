-- What must hold of delivery and flow, one row per check and month; of step costs one per value stream too.
with months as (
    select
        month_key,
        is_run_month
    from {{ source('company', 'months') }}
),

stages as (
    select
        {{ month_key(local_timestamp('pulls.merged_at', 'as_of.timezone')) }} as month_key,
        sum(pulls.lead_minutes) as lead_minutes,
        sum(
            pulls.coding_minutes + pulls.pickup_minutes + pulls.review_minutes + pulls.merge_minutes
            + pulls.deploy_minutes
        ) as stage_minutes
    from {{ ref('int_pull_requests__staged') }} as pulls
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where
        pulls.coding_minutes + pulls.pickup_minutes + pulls.review_minutes + pulls.merge_minutes
        + pulls.deploy_minutes is not null
    group by {{ month_key(local_timestamp('pulls.merged_at', 'as_of.timezone')) }}
),

step_costs as (
    select
        value_stream_id,
        month_key,
        sum(cost_amount) as amount
    from {{ ref('fct_flow_steps') }}
    group by value_stream_id, month_key
),

costs as (
    select
        value_stream_id,
        month_key,
        sum(reporting_amount) as amount
    from {{ ref('fct_capitalization') }}
    group by value_stream_id, month_key
),

stream_costs as (
    select
        coalesce(step_costs.value_stream_id, costs.value_stream_id) as value_stream_id,
        coalesce(step_costs.month_key, costs.month_key) as month_key,
        coalesce(step_costs.amount, 0) as step_amount,
        coalesce(costs.amount, 0) as amount
    from step_costs
    full outer join costs
        on step_costs.value_stream_id = costs.value_stream_id and step_costs.month_key = costs.month_key
),

currents as (
    select
        count(distinct work_item_key) as item_count,
        sum(case when is_current then 1 else 0 end) as current_count
    from {{ ref('int_status_intervals__placed') }}
),

spans as (
    select
        work_item_key,
        max(end_clock) - min(start_clock) as lead_microseconds
    from {{ ref('int_flow__visits') }}
    group by work_item_key
),

step_times as (
    select
        work_item_key,
        sum(lead_microseconds) as lead_microseconds,
        sum(case when process_microseconds < 0 or process_microseconds > lead_microseconds then 1 else 0 end)
            as fault_count
    from {{ ref('int_flow__item_steps') }}
    group by work_item_key
),

flows as (
    select
        items.month_key,
        {{ hours_of('sum(spans.lead_microseconds)') }} as lead_hours,
        {{ hours_of('sum(step_times.lead_microseconds)') }} as step_hours,
        sum(step_times.fault_count) as fault_count
    from {{ ref('int_flow__items') }} as items
    inner join spans
        on items.work_item_key = spans.work_item_key
    inner join step_times
        on items.work_item_key = step_times.work_item_key
    where items.is_finished
    group by items.month_key
),

withheld as (
    select
        month_key,
        count(*) as stream_count,
        min('status ' || status || ' of ' || value_stream_id) as example
    from {{ ref('int_flow__withheld') }}
    group by month_key
),

final as (
    select
        'DLV-STAGES' as check_id,
        months.month_key,
        'delivery' as area,
        'The stages of complete pull requests add up to their lead time, in minutes' as description,
        cast(coalesce(stages.lead_minutes, 0) as decimal(38, 2)) as left_value,
        cast(coalesce(stages.stage_minutes, 0) as decimal(38, 2)) as right_value,
        cast(0 as decimal(18, 2)) as tolerance,
        'BLOCK' as severity,
        cast(null as varchar) as detail
    from months
    left join stages
        on months.month_key = stages.month_key
    union all
    select
        'DLV-STEP-COSTS-' || stream_costs.value_stream_id,
        months.month_key,
        'flow',
        'The cost of all steps, outside the map included, is the cost of value stream ' || stream_costs.value_stream_id,
        stream_costs.step_amount,
        stream_costs.amount,
        0,
        'BLOCK',
        null
    from months
    inner join stream_costs
        on months.month_key = stream_costs.month_key
    union all
    select
        'DLV-STEP-TIMES',
        months.month_key,
        'flow',
        'The times of the steps of finished items, gaps included, add up to their lead times, in hours',
        cast(coalesce(flows.lead_hours, 0) as decimal(38, 2)),
        cast(coalesce(flows.step_hours, 0) as decimal(38, 2)),
        0,
        'BLOCK',
        null
    from months
    left join flows
        on months.month_key = flows.month_key
    union all
    select
        'DLV-PROCESS-TIMES',
        months.month_key,
        'flow',
        'No process time is negative or longer than its step',
        coalesce(flows.fault_count, 0),
        0,
        0,
        'BLOCK',
        null
    from months
    left join flows
        on months.month_key = flows.month_key
    union all
    select
        'DLV-CURRENT',
        months.month_key,
        'flow',
        'Every item stands in exactly one status now',
        coalesce(currents.current_count, 0),
        currents.item_count,
        0,
        'BLOCK',
        null
    from months
    cross join currents
    where months.is_run_month
    union all
    select
        'DLV-WITHHELD',
        months.month_key,
        'flow',
        'Value stream maps withheld because a status has no place in workflow.yaml',
        coalesce(withheld.stream_count, 0),
        0,
        0,
        'WARN',
        case
            when withheld.example is not null
                then withheld.example || ': place it in a step, before, done or cancelled in workflow.yaml'
        end
    from months
    left join withheld
        on months.month_key = withheld.month_key
)

select * from final
