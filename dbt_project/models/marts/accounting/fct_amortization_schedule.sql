with final as (
    select * from {{ ref('int_amortization__scheduled') }}
)

select * from final
