-- How much of each stream can be measured in the run month.
with run_month as (
    select month_key from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select facts.*
    from {{ ref('fct_flow_readiness') }} as facts
    inner join run_month
        on facts.month_key = run_month.month_key
)

select * from final
