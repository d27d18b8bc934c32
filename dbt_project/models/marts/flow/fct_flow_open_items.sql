-- Work in progress at data-as-of, with the age that 85 of 100 items of three months were finished within.
with months as (
    select
        months.month_key,
        recent.month_key as recent_month_key
    from {{ source('company', 'months') }} as months
    inner join {{ source('company', 'months') }} as recent
        on recent.month_index between months.month_index - 2 and months.month_index
    where months.is_run_month
),

finished as (
    select
        items.value_stream_id,
        {{ quantile_of('items.lead_hours', 0.85) }} as lead_hours_p85,
        count(items.lead_hours) as finished_count
    from {{ ref('fct_flow_items') }} as items
    inner join months
        on items.month_key = months.recent_month_key
    group by items.value_stream_id
),

entered as (
    select
        work_item_key,
        min(start_clock) as start_clock,
        min(started_at) as entered_at
    from {{ ref('int_flow__visits') }}
    group by work_item_key
),

final as (
    select
        visits.work_item_key,
        visits.value_stream_id,
        visits.step,
        visits.step_order,
        items.flow_type,
        {{ hours_of('visits.end_clock - entered.start_clock') }} as age_hours,
        {{ hours_of('visits.lead_microseconds') }} as step_age_hours,
        {{ hours_of(microseconds_between('entered.entered_at', 'visits.ended_at')) }} / 24 as calendar_days,
        finished.lead_hours_p85,
        coalesce(
            {{ hours_of('visits.end_clock - entered.start_clock') }} > finished.lead_hours_p85, false
        ) as is_over_p85,
        entered.entered_at
    from {{ ref('int_flow__visits') }} as visits
    inner join entered
        on visits.work_item_key = entered.work_item_key
    inner join {{ ref('int_flow__items') }} as items
        on visits.work_item_key = items.work_item_key
    left join finished
        on visits.value_stream_id = finished.value_stream_id
    where visits.is_open
)

select * from final
