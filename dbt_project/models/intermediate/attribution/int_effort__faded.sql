-- Open assigned items of days with nothing nearer: the weight halves every so many working days since the last touch.
with nearby_days as (
    select distinct person_day_number
    from {{ ref('int_effort__nearby') }}
),

open_days as (
    select
        days.person_number,
        days.person_day_number,
        days.day_number
    from {{ ref('int_effort__days') }} as days
    left join nearby_days
        on days.person_day_number = nearby_days.person_day_number
    where days.rest_minutes > 0 and nearby_days.person_day_number is null
),

final as (
    select
        open_days.person_day_number,
        fading.item_number,
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
            open_days.person_number = fading.person_number
            and open_days.day_number between fading.first_number and fading.last_number
    group by open_days.person_day_number, fading.item_number
)

select * from final
