with final as (
    select * from {{ ref('stg_jira__actors') }}
    union all
    select * from {{ ref('stg_github__actors') }}
    union all
    select * from {{ ref('stg_git__actors') }}
    union all
    select * from {{ ref('stg_tables__actors') }}
)

select * from final
