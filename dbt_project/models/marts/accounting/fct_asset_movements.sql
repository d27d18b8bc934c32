with final as (
    select * from {{ ref('int_assets__moved') }}
)

select * from final
