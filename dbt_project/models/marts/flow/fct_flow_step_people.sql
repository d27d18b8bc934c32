-- People with work on items in a step in an open month, by the minutes that they had there.
with final as (
    select
        items.value_stream_id,
        carriers.month_key,
        effort.step,
        cast(count(distinct carriers.person_id) as integer) as person_count
    from {{ ref('int_flow__step_effort') }} as effort
    inner join {{ ref('int_pay__carriers') }} as carriers
        on effort.carrier_number = carriers.carrier_number
    inner join {{ ref('int_flow__items') }} as items
        on carriers.work_item_key = items.work_item_key
    group by items.value_stream_id, carriers.month_key, effort.step
)

select * from final
