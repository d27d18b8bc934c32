with final as (
    select * from {{ ref('int_drift__lined') }}
)

select * from final
