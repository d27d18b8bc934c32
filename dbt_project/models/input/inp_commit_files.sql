with final as (
    select * from {{ ref('stg_raw__commit_files') }}
)

select * from final
