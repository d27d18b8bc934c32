-- Maps of workshops beside the run month.
with run_month as (
    select month_key from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select facts.*
    from {{ ref('fct_workshop_steps') }} as facts
    inner join run_month
        on facts.month_key = run_month.month_key
)

select * from final
