with final as (
    select * from {{ ref('stg_github__commits') }}
    union all
    select * from {{ ref('stg_git__commits') }}
    union all
    select * from {{ ref('stg_tables__commits') }}
)

select * from final
