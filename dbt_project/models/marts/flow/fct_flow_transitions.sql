-- The directly-follows graph of finished items, backward edges with the hours spent after the return.
with steps as (
    select
        visits.*,
        items.month_key,
        case when visits.step = '(gap)' then '(done)' else visits.step end as node,
        visits.returns_so_far as loop_number
    from {{ ref('int_flow__visits') }} as visits
    inner join {{ ref('int_flow__items') }} as items
        on visits.work_item_key = items.work_item_key
    where items.is_finished and visits.step_order is not null
),

sequenced as (
    select
        *,
        lag(node) over (partition by work_item_key order by visit_number) as node_before,
        lag(lead_microseconds) over (partition by work_item_key order by visit_number) as lead_before,
        row_number() over (partition by work_item_key order by visit_number desc) as from_the_end
    from steps
),

loops as (
    select
        work_item_key,
        loop_number,
        sum(case when is_rework then lead_microseconds else 0 end) as rework_microseconds
    from sequenced
    where loop_number > 0
    group by work_item_key, loop_number
),

edges as (
    select
        sequenced.value_stream_id,
        sequenced.month_key,
        sequenced.work_item_key,
        coalesce(sequenced.node_before, '(start)') as from_step,
        sequenced.node as to_step,
        sequenced.is_return,
        coalesce(sequenced.lead_before, 0) as lead_microseconds,
        case when sequenced.is_return then loops.rework_microseconds else 0 end as rework_microseconds
    from sequenced
    left join loops
        on sequenced.work_item_key = loops.work_item_key and sequenced.loop_number = loops.loop_number
    where coalesce(sequenced.node_before, '') <> sequenced.node
    union all
    select
        value_stream_id,
        month_key,
        work_item_key,
        node,
        '(done)',
        false,
        lead_microseconds,
        0
    from sequenced
    where from_the_end = 1
),

final as (
    select
        value_stream_id,
        month_key,
        from_step,
        to_step,
        cast(count(*) as integer) as transition_count,
        cast(count(distinct work_item_key) as integer) as item_count,
        cast(sum(case when is_return then 1 else 0 end) as integer) as return_count,
        {{ hours_of('sum(lead_microseconds)') }} as lead_hours,
        {{ hours_of('avg(lead_microseconds)') }} as lead_hours_mean,
        {{ hours_of(quantile_of('lead_microseconds', 0.5)) }} as lead_hours_p50,
        {{ hours_of('sum(rework_microseconds)') }} as rework_hours,
        bool_or(is_return) as is_backward
    from edges
    group by value_stream_id, month_key, from_step, to_step
)

select * from final
