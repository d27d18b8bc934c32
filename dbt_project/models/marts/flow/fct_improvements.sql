-- The plan by month: what each lever acts on, before and since it was due; due before the books means their start.
-- The baseline is the mean of the three months before the month of the due date, of the latest three while not due.
with months as (
    select
        month_key,
        month_index,
        is_run_month
    from {{ source('company', 'months') }}
),

run_month as (
    select
        max(month_index) as month_index,
        max(month_key) as month_key
    from months
    where is_run_month
),

plans as (
    select
        improvements.*,
        {{ month_key('improvements.due') }} as due_month_key,
        case
            when {{ month_key('improvements.due') }} > run_month.month_key then run_month.month_index + 1
            else coalesce(due.month_index, 0)
        end as due_index
    from {{ source('company', 'improvements') }} as improvements
    cross join run_month
    left join months as due
        on {{ month_key('improvements.due') }} = due.month_key
),

measured as (
    select
        plans.improvement_id,
        steps.month_key,
        case plans.lever
            when 'wait' then steps.wait_hours_mean
            when 'process_time' then steps.process_hours_mean
            when 'complete_accurate' then steps.visit_complete_accurate_ratio
            else steps.wip_average
        end as measure_value,
        steps.cost_amount as step_cost_amount,
        steps.rework_cost_amount,
        steps.currency_code
    from plans
    inner join {{ ref('fct_flow_steps') }} as steps
        on plans.value_stream_id = steps.value_stream_id and lower(plans.step) = lower(steps.step)
),

baselines as (
    select
        plans.improvement_id,
        {{ order_free_mean('measured.measure_value') }} as baseline_value,
        {{ order_free_mean('measured.step_cost_amount') }} as baseline_cost,
        count(measured.measure_value) as baseline_month_count
    from plans
    inner join measured
        on plans.improvement_id = measured.improvement_id
    inner join months
        on
            measured.month_key = months.month_key
            and months.month_index between plans.due_index - 3 and plans.due_index - 1
    group by plans.improvement_id
),

final as (
    select
        plans.improvement_id,
        months.month_key,
        plans.value_stream_id,
        plans.step,
        plans.lever,
        plans.owner,
        plans.measure,
        plans.target,
        case
            when months.month_index < plans.due_index then 'open'
            when measured.measure_value is null or baselines.baseline_value is null then 'not measurable'
            when plans.lever = 'complete_accurate' and measured.measure_value >= plans.change then 'reached'
            when plans.lever = 'wip_limit' and measured.measure_value <= plans.change then 'reached'
            when
                plans.lever in ('wait', 'process_time')
                and case when plans.change <= 0 then 1 else -1 end
                * (measured.measure_value - baselines.baseline_value * (1 + cast(plans.change as double))) <= 0
                then 'reached'
            else 'not reached'
        end as status,
        coalesce(measured.currency_code, settings.reporting_currency) as currency_code,
        cast(plans.change as double) as change_value,
        baselines.baseline_value,
        case plans.lever
            when 'complete_accurate' then cast(plans.change as double)
            when 'wip_limit' then cast(plans.change as double)
            else baselines.baseline_value * (1 + cast(plans.change as double))
        end as forecast_value,
        measured.measure_value as actual_value,
        cast(baselines.baseline_month_count as integer) as baseline_month_count,
        cast(baselines.baseline_cost as decimal(18, 2)) as baseline_cost_amount,
        measured.step_cost_amount as cost_amount,
        measured.rework_cost_amount,
        months.month_index >= plans.due_index as is_due,
        plans.due as due_date
    from plans
    cross join {{ source('company', 'settings') }} as settings
    cross join run_month
    inner join months
        on
            months.month_index <= run_month.month_index
            and (months.month_index >= plans.due_index or months.month_index = run_month.month_index)
    left join measured
        on plans.improvement_id = measured.improvement_id and months.month_key = measured.month_key
    left join baselines
        on plans.improvement_id = baselines.improvement_id
)

select * from final
