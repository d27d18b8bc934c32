with final as (
    select * from {{ ref('stg_github__pull_request_commits') }}
    union all
    select * from {{ ref('stg_tables__pull_request_commits') }}
)

select * from final
