-- Evidence within the nearest working days: back over the month's start, forward only inside the month.
with open_days as (
    select
        days.person_id,
        days.work_date,
        days.month_key,
        days.day_number,
        days.day_number - settings.nearest_days as first_number,
        days.day_number + settings.nearest_days as last_number
    from {{ ref('int_effort__days') }} as days
    cross join {{ source('company', 'settings') }} as settings
    where days.rest_minutes > 0 and settings.nearest_days > 0
),

targets as (
    {{ exploded_numbers(
        'open_days', ['person_id', 'work_date', 'month_key', 'day_number'], 'first_number', 'last_number', 'near_number'
    ) }}
),

sources as (
    select
        person_id,
        day_number,
        {{ month_key('work_date') }} as month_key,
        work_item_key,
        cast(
            max(case when evidence_tier = 'T1b' then 0 else presence_units end)
            + sum(case when evidence_tier = 'T1b' then presence_units else 0 end)
            as bigint
        ) as presence_units,
        min(evidence_ref) as evidence_ref,
        min(repository) as repository,
        min(rule_rank) as rule_rank
    from {{ ref('int_evidence__ledger') }}
    group by person_id, day_number, {{ month_key('work_date') }}, work_item_key
),

neighbours as (
    select
        targets.person_id,
        targets.work_date,
        sources.work_item_key,
        abs(targets.near_number - targets.day_number) as distance,
        sources.presence_units,
        sources.evidence_ref,
        sources.repository,
        sources.rule_rank
    from targets
    inner join sources
        on targets.person_id = sources.person_id and targets.near_number = sources.day_number
    where
        targets.near_number <> targets.day_number
        and (targets.near_number < targets.day_number or targets.month_key = sources.month_key)
),

final as (
    select
        person_id,
        work_date,
        work_item_key,
        cast(sum({{ integer_divide('presence_units', 'cast(power(2, distance - 1) as bigint)') }}) as bigint)
            as weight_units,
        substring(min(cast(1000 + distance as varchar) || evidence_ref), 5) as evidence_ref,
        min(repository) as repository,
        min(rule_rank) as rule_rank
    from neighbours
    group by person_id, work_date, work_item_key
)

select * from final
