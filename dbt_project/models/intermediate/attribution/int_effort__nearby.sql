-- Evidence within the nearest working days: back over the month's start, forward only inside the month.
with open_days as (
    select
        days.person_number,
        days.person_day_number,
        days.day_number,
        days.last_day_number,
        days.day_number - settings.nearest_days as first_number,
        least(days.day_number + settings.nearest_days, days.last_day_number) as last_number
    from {{ ref('int_effort__days') }} as days
    cross join {{ source('company', 'settings') }} as settings
    where days.rest_minutes > 0 and settings.nearest_days > 0
),

targets as (
    {{ exploded_numbers(
        'open_days', ['person_number', 'person_day_number', 'day_number'], 'first_number', 'last_number', 'near_number'
    ) }}
),

near_days as (
    select
        person_number,
        person_day_number,
        near_number,
        abs(near_number - day_number) as distance,
        cast(power(2, abs(near_number - day_number) - 1) as bigint) as divisor
    from targets
    where near_number <> day_number
),

sources as (
    select
        person_number,
        day_number,
        item_number,
        cast(
            max(case when evidence_tier = 'T1b' then 0 else presence_units end)
            + sum(case when evidence_tier = 'T1b' then presence_units else 0 end)
            as bigint
        ) as presence_units,
        min(rule_rank) as rule_rank
    from {{ ref('int_evidence__ledger') }}
    group by person_number, day_number, item_number
),

final as (
    select
        near_days.person_day_number,
        sources.item_number,
        cast(sum({{ integer_divide('sources.presence_units', 'near_days.divisor') }}) as bigint) as weight_units,
        cast(min(near_days.distance) as integer) as nearest_distance,
        min(sources.rule_rank) as rule_rank
    from near_days
    inner join sources
        on near_days.person_number = sources.person_number and near_days.near_number = sources.day_number
    group by near_days.person_day_number, sources.item_number
)

select * from final
