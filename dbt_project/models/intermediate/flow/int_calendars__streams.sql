-- The working calendar of a value stream: its owning team's most common one, else the company's.
with spells as (
    select distinct
        person_id,
        lower(trim(team)) as team_key,
        calendar,
        timezone
    from {{ source('company', 'people') }}
    where calendar is not null and timezone is not null and worker_type <> 'agent' and role_class <> 'agent'
),

owners as (
    select
        value_stream_id,
        lower(trim(owner)) as owner_key
    from {{ source('company', 'value_streams') }}
    union all
    select
        'NONE',
        null
),

counted as (
    select
        owners.value_stream_id,
        spells.calendar,
        spells.timezone,
        count(
            distinct case
                when owners.owner_key in (spells.team_key, spells.team_key || ' team') then spells.person_id
            end
        )
            as owner_count,
        count(distinct spells.person_id) as person_count
    from owners
    cross join spells
    group by owners.value_stream_id, spells.calendar, spells.timezone
),

ranked as (
    select
        *,
        row_number() over (
            partition by value_stream_id order by owner_count desc, person_count desc, calendar asc, timezone asc
        ) as choice
    from counted
),

final as (
    select
        owners.value_stream_id,
        coalesce(ranked.calendar || ' ' || ranked.timezone, settings.timezone) as calendar_id,
        ranked.calendar,
        coalesce(ranked.timezone, settings.timezone) as timezone
    from owners
    cross join {{ source('company', 'settings') }} as settings
    left join ranked
        on owners.value_stream_id = ranked.value_stream_id and ranked.choice = 1
)

select * from final
