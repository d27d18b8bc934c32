-- Seats, active people and intensity by team, tool and month; teams of fewer than five people, and the next
-- smallest beside them, are marked, so that totals do not reveal them.
with members as (
    select
        people.person_id,
        people.team,
        months.month_key
    from {{ source('company', 'people') }} as people
    inner join {{ source('company', 'months') }} as months
        on
            people.start_date <= months.last_date
            and (people.end_date is null or months.last_date <= people.end_date)
    where people.worker_type <> 'agent'
),

tools as (
    select distinct
        tool,
        month_key
    from {{ ref('int_ai__used_months') }}
),

counted as (
    select
        members.team,
        tools.tool,
        members.month_key,
        count(*) as person_count,
        sum(case when used.seat_day_count > 0 then 1 else 0 end) as seat_count,
        sum(case when used.active_day_count > 0 then 1 else 0 end) as active_count,
        sum(case when used.week_day_count > 0 then 1 else 0 end) as weekly_active_count,
        sum(case when used.seat_day_count > 0 and used.recent_day_count = 0 then 1 else 0 end) as idle_seat_count,
        sum(case when used.seat_day_count > 0 and used.reported_day_count > 0 then 1 else 0 end) as reported_seat_count,
        sum(case when coalesce(used.recent_day_count, 0) = 0 then 1 else 0 end) as dose_none_count,
        sum(case when used.recent_day_count between 1 and 5 then 1 else 0 end) as dose_light_count,
        sum(case when used.recent_day_count between 6 and 14 then 1 else 0 end) as dose_moderate_count,
        sum(case when used.recent_day_count >= 15 then 1 else 0 end) as dose_heavy_count
    from members
    inner join tools on members.month_key = tools.month_key
    left join {{ ref('int_ai__used_months') }} as used
        on
            members.person_id = used.person_id
            and tools.tool = used.tool
            and members.month_key = used.month_key
    group by members.team, tools.tool, members.month_key
),

ranked as (
    select
        *,
        sum(case when person_count < 5 then 1 else 0 end) over (partition by tool, month_key) as small_count,
        row_number() over (partition by tool, month_key order by person_count, team) as size_rank
    from counted
),

computed as (
    select
        team,
        tool,
        month_key,
        cast(person_count as integer) as person_count,
        cast(seat_count as integer) as seat_count,
        cast(active_count as integer) as active_count,
        cast(weekly_active_count as integer) as weekly_active_count,
        cast(idle_seat_count as integer) as idle_seat_count,
        cast(reported_seat_count as integer) as reported_seat_count,
        cast(dose_none_count as integer) as dose_none_count,
        cast(dose_light_count as integer) as dose_light_count,
        cast(dose_moderate_count as integer) as dose_moderate_count,
        cast(dose_heavy_count as integer) as dose_heavy_count,
        case when seat_count > 0 then cast(active_count as double precision) / seat_count end as active_ratio,
        small_count > 0 and size_rank <= small_count + 1 as is_suppressed
    from ranked
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
