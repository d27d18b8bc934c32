-- Cumulative flow on the last day of each week that ends with the run month.
with last_days as (
    select max(local_date) as local_date from {{ ref('fct_flow_days') }}
),

final as (
    select days.*
    from {{ ref('fct_flow_days') }} as days
    cross join last_days
    where {{ iso_weekday('days.local_date') }} = {{ iso_weekday('last_days.local_date') }}
)

select * from final
