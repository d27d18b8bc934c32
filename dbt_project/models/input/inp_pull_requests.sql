with final as (
    select * from {{ ref('stg_raw__pull_requests') }}
)

select * from final
