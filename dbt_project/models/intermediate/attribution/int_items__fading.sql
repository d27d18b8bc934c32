-- Stretches in which an open item fades: from a person's last touch, before the first one from the assignment. Those
-- that end before the reach explain no day of the run.
with touches as (
    select distinct
        person_number,
        item_number,
        day_number
    from {{ ref('int_evidence__item_days') }}
),

first_touches as (
    select
        person_number,
        item_number,
        min(day_number) as first_touch_number
    from touches
    group by person_number, item_number
),

anchors as (
    select
        person_number,
        item_number,
        day_number
    from touches
    union distinct
    select
        intervals.person_number,
        intervals.item_number,
        intervals.assigned_day_number
    from {{ ref('int_items__work_intervals') }} as intervals
    left join first_touches
        on
            intervals.person_number = first_touches.person_number
            and intervals.item_number = first_touches.item_number
    where
        first_touches.first_touch_number is null
        or intervals.assigned_day_number < first_touches.first_touch_number
),

episodes as (
    select
        anchors.person_number,
        anchors.item_number,
        anchors.day_number as anchor_number,
        least(
            anchors.day_number + settings.stale_end_days,
            coalesce(
                lead(anchors.day_number) over (
                    partition by anchors.person_number, anchors.item_number order by anchors.day_number
                ) - 1,
                anchors.day_number + settings.stale_end_days
            )
        ) as end_number
    from anchors
    cross join {{ source('company', 'settings') }} as settings
),

final as (
    select
        episodes.person_number,
        episodes.item_number,
        episodes.anchor_number,
        greatest(episodes.anchor_number, intervals.first_day_number) as first_number,
        least(episodes.end_number, intervals.last_day_number) as last_number
    from episodes
    inner join {{ ref('int_items__work_intervals') }} as intervals
        on
            episodes.person_number = intervals.person_number
            and episodes.item_number = intervals.item_number
            and episodes.anchor_number <= intervals.last_day_number
            and episodes.end_number >= intervals.first_day_number
    inner join {{ ref('int_people__reach') }} as reach
        on
            episodes.person_number = reach.person_number
            and episodes.end_number >= reach.first_day_number
            and intervals.last_day_number >= reach.first_day_number
)

select * from final
