with final as (
    select * from {{ ref('stg_github__deployments') }}
    union all
    select * from {{ ref('stg_git__deployments') }}
    union all
    select * from {{ ref('stg_tables__deployments') }}
)

select * from final
