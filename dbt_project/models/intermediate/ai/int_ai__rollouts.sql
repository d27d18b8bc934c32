with final as (
    select
        team,
        tool,
        planned,
        start_date
    from {{ source('company', 'ai_rollouts') }}
)

select * from final
