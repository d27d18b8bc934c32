with final as (
    select * from {{ ref('stg_git__commit_files') }}
    union all
    select * from {{ ref('stg_tables__commit_files') }}
)

select * from final
