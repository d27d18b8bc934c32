-- The months that the return is counted over: from the first start of a tool to the month of the run.
with first_start as (
    select min(start_date) as start_date
    from {{ ref('int_ai__starts') }}
),

final as (
    select
        months.month_key,
        months.first_date,
        months.last_date,
        months.is_run_month
    from {{ source('company', 'months') }} as months
    cross join first_start
    where months.last_date >= first_start.start_date
)

select * from final
