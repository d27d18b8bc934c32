-- People on board, joined and left over twelve months.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select facts.*
    from {{ ref('fct_attrition') }} as facts
    inner join {{ ref('dim_months') }} as months
        on facts.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 11 and run_month.month_index
)

select * from final
