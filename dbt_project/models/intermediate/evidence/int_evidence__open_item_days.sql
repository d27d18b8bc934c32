-- Assigned, in a work status and touched within two working days: that day or the two before.
with touched as (
    select
        person_id,
        work_item_key,
        day_number,
        day_number + 2 as last_number
    from {{ ref('int_evidence__item_days') }}
),

near as (
    {{ exploded_numbers('touched', ['person_id', 'work_item_key'], 'day_number', 'last_number', 'near_number') }}
),

final as (
    select distinct
        near.person_id,
        near.work_item_key,
        days.work_date,
        days.day_number
    from near
    inner join {{ ref('int_items__work_intervals') }} as intervals
        on
            near.person_id = intervals.person_id
            and near.work_item_key = intervals.work_item_key
            and near.near_number between intervals.first_day_number and intervals.last_day_number
    inner join {{ ref('int_people__days') }} as days
        on
            near.person_id = days.person_id
            and near.near_number = days.day_number
            and days.capacity_minutes > 0
)

select * from final
