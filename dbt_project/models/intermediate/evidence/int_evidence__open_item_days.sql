-- Assigned, in a work status and touched within two working days: that day or the two before.
with touched as (
    select
        evidence.person_number,
        evidence.item_number,
        greatest(evidence.day_number, reach.first_day_number) as first_number,
        evidence.day_number + 2 as last_number
    from {{ ref('int_evidence__item_days') }} as evidence
    inner join {{ ref('int_people__reach') }} as reach
        on evidence.person_number = reach.person_number and evidence.day_number + 2 >= reach.first_day_number
),

near as (
    {{ exploded_numbers('touched', ['person_number', 'item_number'], 'first_number', 'last_number', 'near_number') }}
),

open_days as (
    select distinct
        near.person_number,
        near.item_number,
        near.near_number as day_number
    from near
    inner join {{ ref('int_items__work_intervals') }} as intervals
        on
            near.person_number = intervals.person_number
            and near.item_number = intervals.item_number
            and near.near_number between intervals.first_day_number and intervals.last_day_number
),

final as (
    select
        open_days.person_number,
        days.person_day_number,
        open_days.item_number,
        open_days.day_number
    from open_days
    inner join {{ ref('int_people__days') }} as days
        on
            open_days.person_number = days.person_number
            and open_days.day_number = days.day_number
            and days.capacity_minutes > 0
)

select * from final
