-- The months of the books.
with final as (
    select
        month_key,
        fiscal_year,
        month_index,
        is_run_month,
        first_date,
        last_date
    from {{ source('company', 'months') }}
)

select * from final
