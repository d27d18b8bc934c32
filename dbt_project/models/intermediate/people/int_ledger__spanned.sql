-- Evidence and day numbers reach a quarter before the books, so that the first month can look back.
with final as (
    select
        cast({{ dbt.dateadd('month', -3, 'min(first_date)') }} as date) as evidence_from_date,
        min(first_date) as first_date,
        max(last_date) as last_date
    from {{ source('company', 'months') }}
)

select * from final
