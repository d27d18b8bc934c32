with final as (
    select * from {{ ref('stg_raw__commits') }}
)

select * from final
