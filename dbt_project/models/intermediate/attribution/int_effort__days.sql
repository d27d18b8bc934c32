-- How far the strong tiers fill each working day; `rest_minutes` goes on down the ladder.
with evidence as (
    select
        person_day_number,
        sum(worklog_seconds) as worklog_seconds,
        sum(case when evidence_tier = 'T0' then 0 else presence_units end) as presence_units,
        max(signal_units) as signal_units
    from {{ ref('int_evidence__ledger') }}
    group by person_day_number
),

shares as (
    select
        person_id,
        month_key,
        team,
        least(sum(share_units), 100000000) as share_units
    from {{ ref('int_effort__declared') }}
    group by person_id, month_key, team
),

days as (
    select
        days.person_id,
        days.person_number,
        days.person_day_number,
        days.work_date,
        days.month_key,
        days.day_number,
        max(days.day_number) over (partition by days.person_number, days.month_key) as last_day_number,
        days.capacity_minutes,
        people.team,
        people.role_class,
        first_roles.role_class is not null as is_declared_first,
        cast({{ integer_divide('coalesce(evidence.worklog_seconds, 0) + 30', '60') }} as bigint) as worklog_minutes,
        cast(coalesce(evidence.worklog_seconds, 0) as bigint) as worklog_seconds,
        cast(coalesce(evidence.presence_units, 0) as bigint) as presence_total_units,
        cast(least(coalesce(evidence.presence_units, 0), {{ presence_whole() }}) as bigint) as presence_units,
        2 * coalesce(evidence.signal_units, 0) >= {{ presence_whole() }} as is_closed,
        cast(
            {{ integer_divide(
                '2 * coalesce(shares.share_units, 0) * days.capacity_minutes + 100000000', '200000000'
            ) }}
            as bigint
        ) as declared_minutes
    from {{ ref('int_people__days') }} as days
    inner join {{ source('company', 'people') }} as people
        on days.person_id = people.person_id and days.spell_start_date = people.start_date
    left join evidence
        on days.person_day_number = evidence.person_day_number
    left join shares
        on days.person_id = shares.person_id and days.month_key = shares.month_key and people.team = shares.team
    left join {{ source('company', 'declared_first_roles') }} as first_roles
        on people.role_class = first_roles.role_class
    where days.is_computed and days.capacity_minutes > 0
),

logged as (
    select
        *,
        least(worklog_minutes, capacity_minutes) as t0_minutes
    from days
),

declared as (
    select
        *,
        case when is_declared_first then least(declared_minutes, capacity_minutes - t0_minutes) else 0 end
            as first_declared_minutes
    from logged
),

signalled as (
    select
        *,
        cast(case
            when is_closed then capacity_minutes - t0_minutes - first_declared_minutes
            else {{ integer_divide(
                '2 * (capacity_minutes - t0_minutes - first_declared_minutes) * presence_units + ' ~ presence_whole(),
                '2 * ' ~ presence_whole()
            ) }}
        end as bigint) as t1_minutes
    from declared
),

final as (
    select
        *,
        capacity_minutes - t0_minutes - first_declared_minutes - t1_minutes as rest_minutes
    from signalled
)

select * from final
