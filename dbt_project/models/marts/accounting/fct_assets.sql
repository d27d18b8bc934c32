with final as (
    select * from {{ ref('int_assets__registered') }}
)

select * from final
