-- How often the hand that moves an item changes.
with sequenced as (
    select
        *,
        lag(actor) over (partition by work_item_key order by actor_number) as actor_before,
        lag(team) over (partition by work_item_key order by actor_number) as team_before
    from {{ ref('int_flow__actors') }}
),

final as (
    select
        work_item_key,
        cast(sum(case when actor_before <> actor then 1 else 0 end) as integer) as handoff_count,
        cast(sum(case when team_before <> team and team_before <> '' and team <> '' then 1 else 0 end) as integer)
            as team_handoff_count,
        count(distinct actor) as actor_count
    from sequenced
    group by work_item_key
)

select * from final
