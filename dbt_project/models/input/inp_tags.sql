with final as (
    select * from {{ ref('stg_git__tags') }}
    union all
    select * from {{ ref('stg_tables__tags') }}
)

select * from final
