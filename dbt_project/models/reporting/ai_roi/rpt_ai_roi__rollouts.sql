-- When each team got its tools; the words on how that date came about are the company's own.
with final as (
    select
        team,
        tool,
        planned,
        start_date
    from {{ ref('int_ai__rollouts') }}
)

select * from final
