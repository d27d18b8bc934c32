-- What no evidence of the person's own explains: the team's mix of the month, else nobody's.
with explained as (
    select
        person_day_number,
        sum(minutes) as minutes
    from (
        select
            person_day_number,
            minutes
        from {{ ref('int_effort__explained') }}
        union all
        select
            person_day_number,
            minutes
        from {{ ref('int_effort__promised') }}
    ) as parts
    group by person_day_number
),

rests as (
    select
        days.person_day_number,
        days.month_key,
        days.team,
        days.role_class,
        days.capacity_minutes - coalesce(explained.minutes, 0) as rest_minutes
    from {{ ref('int_effort__days') }} as days
    left join explained
        on days.person_day_number = explained.person_day_number
    where days.capacity_minutes > coalesce(explained.minutes, 0)
),

mixed_groups as (
    select
        month_key,
        team,
        role_class,
        row_number() over (order by month_key, team, role_class) as group_number
    from rests
    group by month_key, team, role_class
),

mixes as (
    select
        mixed_groups.group_number,
        explained.item_number,
        sum(explained.minutes) as minutes
    from {{ ref('int_effort__explained') }} as explained
    inner join {{ ref('int_effort__days') }} as days
        on explained.person_day_number = days.person_day_number
    inner join mixed_groups
        on
            days.month_key = mixed_groups.month_key
            and days.team = mixed_groups.team
            and days.role_class = mixed_groups.role_class
    group by mixed_groups.group_number, explained.item_number
),

mix_totals as (
    select
        group_number,
        sum(minutes) as minutes
    from mixes
    group by group_number
),

mixed as (
    select
        rests.person_day_number,
        mixes.item_number,
        rests.rest_minutes,
        mixes.minutes as weight_units,
        mix_totals.minutes as weight_total
    from rests
    inner join mixed_groups
        on
            rests.month_key = mixed_groups.month_key
            and rests.team = mixed_groups.team
            and rests.role_class = mixed_groups.role_class
    inner join mixes
        on mixed_groups.group_number = mixes.group_number
    inner join mix_totals
        on mixed_groups.group_number = mix_totals.group_number
),

allocated as (
    {{ largest_remainder(
        'mixed',
        columns=['person_day_number', 'item_number'],
        amount='rest_minutes',
        weight='weight_units',
        partition_by=['person_day_number'],
        order_by=['item_number'],
        allocated='minutes',
        total='weight_total',
        integer='bigint'
    ) }}
),

mixed_days as (
    select distinct person_day_number
    from mixed
),

final as (
    select
        person_day_number,
        item_number,
        'T5' as evidence_tier,
        cast(minutes as integer) as minutes
    from allocated
    where minutes > 0
    union all
    select
        rests.person_day_number,
        nobody.item_number,
        'T6',
        cast(rests.rest_minutes as integer)
    from rests
    inner join {{ ref('int_items__numbered') }} as nobody
        on nobody.work_item_key = 'UNATTRIBUTED'
    left join mixed_days
        on rests.person_day_number = mixed_days.person_day_number
    where mixed_days.person_day_number is null
)

select * from final
