with final as (
    select * from {{ ref('int_policies__described') }}
)

select * from final
