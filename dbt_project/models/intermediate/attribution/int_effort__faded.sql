-- Open assigned items of days with nothing nearer: the weight halves every so many working days since the last touch.
with open_days as (
    select
        days.person_id,
        days.work_date,
        days.day_number
    from {{ ref('int_effort__days') }} as days
    left join (select distinct
        person_id,
        work_date
    from {{ ref('int_effort__nearby') }}) as nearby
        on days.person_id = nearby.person_id and days.work_date = nearby.work_date
    where days.rest_minutes > 0 and nearby.person_id is null
),

final as (
    select
        open_days.person_id,
        open_days.work_date,
        fading.work_item_key,
        cast(max(round(
            1000000000 * power(
                cast(0.5 as double precision),
                (open_days.day_number - fading.anchor_number) / cast(settings.stale_half_life_days as double precision)
            )
        )) as bigint) as weight_units
    from open_days
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ ref('int_items__fading') }} as fading
        on
            open_days.person_id = fading.person_id
            and open_days.day_number between fading.first_number and fading.last_number
    group by open_days.person_id, open_days.work_date, fading.work_item_key
)

select * from final
