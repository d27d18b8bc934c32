with final as (
    select * from {{ ref('stg_raw__deployment_commits') }}
)

select * from final
