-- Hand-offs of finished items from team to team; hands of nobody's team are 'unknown'.
with hands as (
    select
        actors.work_item_key,
        items.value_stream_id,
        items.month_key,
        actors.actor,
        case when actors.team = '' then 'unknown' else actors.team end as team,
        lag(actors.actor) over (partition by actors.work_item_key order by actors.actor_number) as actor_before,
        lag(case when actors.team = '' then 'unknown' else actors.team end) over (
            partition by actors.work_item_key order by actors.actor_number
        ) as team_before
    from {{ ref('int_flow__actors') }} as actors
    inner join {{ ref('int_flow__items') }} as items
        on actors.work_item_key = items.work_item_key
    where items.is_finished
),

final as (
    select
        value_stream_id,
        month_key,
        team_before as from_team,
        team as to_team,
        cast(count(*) as integer) as handoff_count,
        cast(count(distinct work_item_key) as integer) as item_count
    from hands
    where actor_before <> actor
    group by value_stream_id, month_key, team_before, team
)

select * from final
