-- What no evidence of the person's own explains: the team's mix of the month, else nobody's.
with explained as (
    select
        person_id,
        work_date,
        sum(minutes) as minutes
    from {{ ref('int_effort__explained') }}
    group by person_id, work_date
),

rests as (
    select
        days.person_id,
        days.work_date,
        days.month_key,
        days.team,
        days.role_class,
        days.capacity_minutes - coalesce(explained.minutes, 0) as rest_minutes
    from {{ ref('int_effort__days') }} as days
    left join explained
        on days.person_id = explained.person_id and days.work_date = explained.work_date
    where days.capacity_minutes > coalesce(explained.minutes, 0)
),

mixes as (
    select
        days.month_key,
        days.team,
        days.role_class,
        explained.work_item_key,
        min(explained.repository) as repository,
        sum(explained.minutes) as minutes
    from {{ ref('int_effort__explained') }} as explained
    inner join {{ ref('int_effort__days') }} as days
        on explained.person_id = days.person_id and explained.work_date = days.work_date
    where explained.evidence_tier in ('T0', 'T1', 'T1b', 'T2', 'T3')
    group by days.month_key, days.team, days.role_class, explained.work_item_key
),

mixed as (
    select
        rests.person_id,
        rests.work_date,
        coalesce(mixes.work_item_key, 'UNATTRIBUTED') as work_item_key,
        case when mixes.work_item_key is null then 'T6' else 'T5' end as evidence_tier,
        case
            when mixes.work_item_key is not null
                then 'team:' || rests.team || '/' || rests.role_class || '@' || rests.month_key
        end as evidence_ref,
        mixes.repository,
        rests.rest_minutes,
        coalesce(mixes.minutes, 1) as weight_units
    from rests
    left join mixes
        on
            rests.month_key = mixes.month_key
            and rests.team = mixes.team
            and rests.role_class = mixes.role_class
),

allocated as (
    {{ largest_remainder(
        'mixed',
        columns=['person_id', 'work_date', 'work_item_key', 'evidence_tier', 'evidence_ref', 'repository'],
        amount='rest_minutes',
        weight='weight_units',
        partition_by=['person_id', 'work_date'],
        order_by=['work_item_key'],
        allocated='minutes'
    ) }}
),

final as (
    select * from allocated
    where minutes > 0
)

select * from final
