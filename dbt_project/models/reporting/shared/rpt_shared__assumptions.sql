with final as (
    select * from {{ ref('int_assumptions__listed') }}
)

select * from final
