-- When an item was assigned to a person and in a work status, in the person's working days.
with clamped as (
    select * from {{ ref('int_items__assigned') }}
),

dated as (
    select
        clamped.work_item_key,
        clamped.person_id,
        clamped.person_number,
        greatest({{ zone_date('clamped.from_at', 'opened') }}, clamped.valid_from) as first_date,
        least({{ zone_date('clamped.to_at', 'closed') }}, clamped.valid_to) as last_date,
        greatest({{ zone_date('clamped.assigned_at', 'assigned') }}, clamped.owned_from) as assigned_date
    from clamped
    inner join {{ ref('int_timezones__days') }} as opened
        on clamped.timezone = opened.timezone and cast(clamped.from_at as date) = opened.utc_date
    inner join {{ ref('int_timezones__days') }} as closed
        on clamped.timezone = closed.timezone and cast(clamped.to_at as date) = closed.utc_date
    inner join {{ ref('int_timezones__days') }} as assigned
        on clamped.timezone = assigned.timezone and cast(clamped.assigned_at as date) = assigned.utc_date
),

numbered as (
    select
        work_item_key,
        person_id,
        person_number,
        {{ person_day_number('person_number', 'first_date') }} as first_person_day,
        {{ person_day_number('person_number', 'last_date') }} as last_person_day,
        {{ person_day_number('person_number', 'assigned_date') }} as assigned_person_day
    from dated
    where first_date <= last_date
),

-- Left joins, though every day is there: of inner ones the planner pairs days with days first, to compare them.
final as (
    select
        numbered.person_id,
        numbered.person_number,
        items.item_number,
        numbered.work_item_key,
        first_days.day_number + case when first_days.capacity_minutes > 0 then 0 else 1 end as first_day_number,
        last_days.day_number as last_day_number,
        assigned_days.day_number + case when assigned_days.capacity_minutes > 0 then 0 else 1 end
            as assigned_day_number
    from numbered
    inner join {{ ref('int_items__numbered') }} as items
        on numbered.work_item_key = items.work_item_key
    inner join {{ ref('int_people__days') }} as first_days
        on numbered.first_person_day = first_days.person_day_number
    left join {{ ref('int_people__days') }} as last_days
        on numbered.last_person_day = last_days.person_day_number
    left join {{ ref('int_people__days') }} as assigned_days
        on numbered.assigned_person_day = assigned_days.person_day_number
    where
        first_days.day_number + case when first_days.capacity_minutes > 0 then 0 else 1 end
        <= coalesce(last_days.day_number, 0)
)

select * from final
