with final as (
    select * from {{ ref('stg_raw__pull_request_commits') }}
)

select * from final
