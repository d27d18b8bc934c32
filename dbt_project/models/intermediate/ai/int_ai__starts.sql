-- The first day on which a team had an AI tool; teams that are not named had none.
with final as (
    select
        team,
        min(start_date) as start_date,
        min(tool) as first_tool,
        cast(count(distinct tool) as integer) as tool_count
    from {{ source('company', 'ai_rollouts') }}
    group by team
)

select * from final
