-- The start of the tools in a value stream: of the team that did most of its work; null where that team has none.
with worked as (
    select
        value_stream_id,
        team,
        sum(minutes) as minutes
    from {{ ref('fct_effort_days') }}
    where evidence_tier <> 'L' and value_stream_id <> 'NONE'
    group by value_stream_id, team
),

ranked as (
    select
        *,
        row_number() over (partition by value_stream_id order by minutes desc, team asc) as team_rank
    from worked
),

final as (
    select
        ranked.value_stream_id,
        ranked.team,
        ranked.minutes,
        starts.start_date,
        {{ month_key('starts.start_date') }} as start_month_key
    from ranked
    left join {{ ref('int_ai__starts') }} as starts
        on ranked.team = starts.team
    where ranked.team_rank = 1
)

select * from final
