-- Evidence and day numbers reach a quarter before the books, so that the first month can look back. They are known
-- of every month; what explains, prices and decides them begins with the first month that the run computes.
with final as (
    select
        cast({{ dbt.dateadd('month', -3, 'min(first_date)') }} as date) as evidence_from_date,
        min(first_date) as first_date,
        max(last_date) as last_date,
        min(case when is_computed then first_date end) as computed_from_date
    from {{ source('company', 'months') }}
)

select * from final
