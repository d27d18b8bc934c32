with final as (
    select * from {{ ref('stg_raw__tags') }}
)

select * from final
