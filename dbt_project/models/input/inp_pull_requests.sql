with final as (
    select * from {{ ref('stg_github__pull_requests') }}
    union all
    select * from {{ ref('stg_tables__pull_requests') }}
)

select * from final
