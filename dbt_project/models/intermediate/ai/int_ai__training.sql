-- Hours of enablement by month.
with final as (
    select
        month as month_key,
        cast(sum(hours) as decimal(18, 2)) as hours
    from {{ source('company', 'ai_training') }}
    group by month
)

select * from final
