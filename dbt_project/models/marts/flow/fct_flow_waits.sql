-- Why finished items waited, by day: the next hand was away, was busy with other items, or, in a step of deployments,
-- the item left with others; the rest nobody can tell from the records.
with days as (
    select * from {{ ref('int_flow__waiting_days') }}
    where wait_microseconds > 0
),

away as (
    select
        days.person_id,
        days.local_date
    from (select distinct
        person_id,
        local_date
    from days) as days
    inner join {{ source('company', 'time_off') }} as leave
        on
            days.person_id = leave.person_id
            and days.local_date between leave.start_date and leave.end_date
            and leave.share >= 0.5
    union distinct
    select
        people.person_id,
        holidays.holiday_date
    from {{ source('company', 'people') }} as people
    inner join {{ source('company', 'calendar_days') }} as holidays
        on people.calendar = holidays.calendar
),

busy as (
    select
        person_id,
        work_date,
        min(work_item_key) as first_item_key,
        max(work_item_key) as last_item_key
    from {{ ref('fct_effort_days') }}
    where evidence_tier in ('T0', 'T1', 'T1b') and minutes > 0
    group by person_id, work_date
),

batches as (
    select
        deployment_source,
        deployment_id,
        count(*) as pull_count
    from {{ ref('int_pull_requests__staged') }}
    where deployment_id is not null
    group by deployment_source, deployment_id
),

batched as (
    select distinct linked.work_item_key
    from {{ ref('int_code__linked') }} as linked
    inner join {{ ref('int_pull_requests__staged') }} as pulls
        on
            linked.artefact_kind = 'pull'
            and linked.artefact_id = pulls.repository || '#' || cast(pulls.number as varchar)
    inner join batches
        on
            pulls.deployment_source = batches.deployment_source
            and pulls.deployment_id = batches.deployment_id
            and batches.pull_count > 1
),

deployment_steps as (
    select distinct step from {{ source('company', 'workflow_statuses') }}
    where from_deployments
),

caused as (
    select
        days.value_stream_id,
        days.month_key,
        days.step,
        days.wait_microseconds,
        case
            when away.person_id is not null then 'unavailability'
            when deployment_steps.step is not null and batched.work_item_key is not null then 'batching'
            when busy.first_item_key <> days.work_item_key or busy.last_item_key <> days.work_item_key
                then 'contention'
            else 'unexplained'
        end as cause
    from days
    left join away
        on days.person_id = away.person_id and days.local_date = away.local_date
    left join busy
        on days.person_id = busy.person_id and days.local_date = busy.work_date
    left join deployment_steps
        on days.step = deployment_steps.step
    left join batched
        on days.work_item_key = batched.work_item_key
),

final as (
    select
        caused.value_stream_id,
        caused.month_key,
        caused.step,
        caused.cause,
        {{ hours_of(order_free_sum('caused.wait_microseconds')) }} as wait_hours
    from caused
    left join {{ ref('int_flow__withheld') }} as withheld
        on caused.value_stream_id = withheld.value_stream_id and caused.month_key = withheld.month_key
    where withheld.month_key is null
    group by caused.value_stream_id, caused.month_key, caused.step, caused.cause
)

select * from final
