-- Where an item belongs and when it was finished for good; what was reopened counts when it is done again.
with lasts as (
    select
        work_item_key,
        workflow_project,
        kind as last_kind,
        is_bulk,
        started_at
    from {{ ref('int_flow__states') }}
    where is_current
),

flaps as (
    select
        intervals.work_item_key,
        sum(case
            when
                not intervals.is_current
                and {{ microseconds_between('intervals.started_at', 'intervals.ended_at') }} < 60000000 then 1
            else 0
        end) as collapsed_count
    from {{ ref('int_status_intervals__placed') }} as intervals
    group by intervals.work_item_key
),

ended as (
    select
        lasts.work_item_key,
        lasts.workflow_project,
        lasts.last_kind,
        lasts.is_bulk,
        case when lasts.last_kind = 'done' then lasts.started_at end as completed_at,
        case when lasts.last_kind = 'cancelled' then lasts.started_at end as cancelled_at,
        as_of.timezone,
        as_of.as_of_at,
        {{ local_date(
            "case when lasts.last_kind in ('done', 'cancelled') then lasts.started_at else as_of.as_of_at end",
            'as_of.timezone'
        ) }} as judged_date
    from lasts
    cross join {{ ref('int_delivery__as_of') }} as as_of
),

final as (
    select
        ended.work_item_key,
        ended.workflow_project,
        coalesce(rules.value_stream_id, 'NONE') as value_stream_id,
        calendars.calendar_id,
        coalesce(types.flow_type, 'feature') as flow_type,
        ended.last_kind,
        case when ended.completed_at is not null then {{ month_key('ended.judged_date') }} end as month_key,
        cast(flaps.collapsed_count as integer) as collapsed_count,
        ended.completed_at is not null as is_finished,
        ended.is_bulk as is_bulk_ended,
        ended.completed_at,
        coalesce(ended.completed_at, ended.cancelled_at, ended.as_of_at) as until_at
    from ended
    inner join {{ ref('inp_work_items') }} as items
        on ended.work_item_key = items.work_item_key
    inner join flaps
        on ended.work_item_key = flaps.work_item_key
    left join {{ ref('int_items__streams') }} as streams
        on
            ended.work_item_key = streams.work_item_key
            and ended.judged_date between streams.from_date and streams.to_date
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('streams.rule_rank') }} = rules.rule_order
    left join {{ ref('int_calendars__streams') }} as calendars
        on coalesce(rules.value_stream_id, 'NONE') = calendars.value_stream_id
    left join {{ ref('int_items__states') }} as states
        on
            ended.work_item_key = states.work_item_key
            and ended.judged_date between states.from_date and states.to_date
    left join {{ ref('int_flow__types') }} as types
        on
            coalesce(states.item_type, '') = types.item_type
            and coalesce(states.labels, '[]') = types.labels
            and coalesce(states.project_key, '') = types.project_key
    where not coalesce(items.is_deleted, false)
)

select * from final
