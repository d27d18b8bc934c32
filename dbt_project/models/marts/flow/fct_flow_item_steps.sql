with final as (
    select
        steps.work_item_key,
        steps.value_stream_id,
        steps.month_key,
        steps.step,
        cast(steps.step_order as integer) as step_order,
        steps.kind,
        steps.process_basis,
        cast(steps.visit_count as integer) as visit_count,
        cast(steps.departure_count as integer) as departure_count,
        cast(steps.return_count as integer) as return_count,
        {{ hours_of('steps.lead_microseconds') }} as lead_hours,
        {{ hours_of('steps.process_microseconds') }} as process_hours,
        {{ hours_of('steps.lead_microseconds - steps.process_microseconds') }} as wait_hours,
        {{ hours_of('steps.rework_microseconds') }} as rework_hours
    from {{ ref('int_flow__item_steps') }} as steps
    inner join {{ ref('int_flow__items') }} as items
        on steps.work_item_key = items.work_item_key
    where items.is_finished
)

select * from final
