with final as (
    select * from {{ ref('int_loads__described') }}
)

select * from final
