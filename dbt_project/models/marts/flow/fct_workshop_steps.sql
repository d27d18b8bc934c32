-- The newest map that a workshop drew of each stream and state, step by step beside the measured months.
with versions as (
    select
        *,
        row_number() over (
            partition by value_stream_id, state order by mapped_on desc, version desc, step_order desc
        ) as choice
    from {{ source('company', 'workshop_maps') }}
),

newest as (
    select
        value_stream_id,
        state,
        version,
        mapped_on
    from versions
    where choice = 1
),

drawn as (
    select maps.*
    from {{ source('company', 'workshop_maps') }} as maps
    inner join newest
        on
            maps.value_stream_id = newest.value_stream_id
            and maps.state = newest.state
            and maps.version = newest.version
),

scopes as (
    select distinct
        newest.value_stream_id,
        newest.state,
        newest.version,
        newest.mapped_on,
        months.month_key
    from newest
    cross join {{ source('company', 'months') }} as months
),

measured as (
    select * from {{ ref('fct_flow_steps') }}
    where kind <> 'none' and not is_withheld and finished_count > 0
),

drawn_steps as (
    select
        scopes.value_stream_id,
        scopes.month_key,
        scopes.state,
        scopes.version,
        scopes.mapped_on,
        drawn.step,
        drawn.step_order,
        drawn.owner,
        drawn.note,
        drawn.work_hours,
        drawn.wait_hours,
        drawn.complete_accurate
    from scopes
    inner join drawn
        on scopes.value_stream_id = drawn.value_stream_id and scopes.state = drawn.state
),

measured_steps as (
    select
        scopes.state,
        scopes.version,
        scopes.mapped_on,
        measured.value_stream_id,
        measured.month_key,
        measured.step,
        measured.step_order,
        measured.process_hours_mean,
        measured.wait_hours_mean,
        measured.complete_accurate_ratio
    from scopes
    inner join measured
        on scopes.value_stream_id = measured.value_stream_id and scopes.month_key = measured.month_key
),

joined as (
    select
        coalesce(drawn_steps.value_stream_id, measured_steps.value_stream_id) as value_stream_id,
        coalesce(drawn_steps.month_key, measured_steps.month_key) as month_key,
        coalesce(drawn_steps.state, measured_steps.state) as state,
        coalesce(drawn_steps.step, measured_steps.step) as step,
        coalesce(drawn_steps.version, measured_steps.version) as version,
        drawn_steps.owner,
        drawn_steps.note,
        case
            when drawn_steps.step is null then 'measured only'
            when measured_steps.step is null then 'drawn only'
            else 'both'
        end as side,
        coalesce(drawn_steps.step_order, 1000 + measured_steps.step_order) as step_order,
        drawn_steps.work_hours,
        drawn_steps.wait_hours,
        drawn_steps.complete_accurate,
        measured_steps.process_hours_mean,
        measured_steps.wait_hours_mean,
        measured_steps.complete_accurate_ratio,
        coalesce(drawn_steps.mapped_on, measured_steps.mapped_on) as mapped_on
    from drawn_steps
    full outer join measured_steps
        on
            drawn_steps.value_stream_id = measured_steps.value_stream_id
            and drawn_steps.month_key = measured_steps.month_key
            and drawn_steps.state = measured_steps.state
            and lower(drawn_steps.step) = lower(measured_steps.step)
),

final as (
    select
        value_stream_id,
        month_key,
        state,
        step,
        version,
        owner,
        note,
        side,
        cast(step_order as integer) as step_order,
        cast(work_hours as double) as drawn_process_hours,
        cast(wait_hours as double) as drawn_wait_hours,
        cast(complete_accurate as double) as drawn_complete_accurate_ratio,
        process_hours_mean,
        wait_hours_mean,
        complete_accurate_ratio,
        process_hours_mean - cast(work_hours as double) as process_difference_hours,
        wait_hours_mean - cast(wait_hours as double) as wait_difference_hours,
        mapped_on as mapped_date
    from joined
)

select * from final
