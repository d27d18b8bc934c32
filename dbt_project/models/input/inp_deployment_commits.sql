with final as (
    select * from {{ ref('stg_tables__deployment_commits') }}
)

select * from final
