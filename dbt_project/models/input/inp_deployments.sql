with final as (
    select * from {{ ref('stg_raw__deployments') }}
)

select * from final
