-- From which working day on evidence of a person is looked at: as long before the first day that the run explains as
-- tier T2 looks back. What fades looks further back, by touches alone (`int_items__fading`).
with final as (
    select
        days.person_number,
        min(days.day_number) - min(settings.nearest_days) as first_day_number
    from {{ ref('int_people__days') }} as days
    cross join {{ source('company', 'settings') }} as settings
    where days.is_computed and days.capacity_minutes > 0
    group by days.person_number
)

select * from final
