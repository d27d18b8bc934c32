with final as (
    select * from {{ ref('int_amortization__booked') }}
)

select * from final
