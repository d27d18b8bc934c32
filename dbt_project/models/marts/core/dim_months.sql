-- The months of the books.
with final as (
    select
        months.month_key,
        months.fiscal_year,
        months.month_index,
        months.is_run_month,
        months.first_date,
        months.last_date,
        compared.compared_as_of
    from {{ source('company', 'months') }} as months
    left join {{ ref('int_drift__months') }} as compared
        on months.month_key = compared.month_key
)

select * from final
