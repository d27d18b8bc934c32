with final as (
    select * from {{ ref('stg_raw__actors') }}
)

select * from final
