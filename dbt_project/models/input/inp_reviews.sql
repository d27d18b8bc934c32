with final as (
    select * from {{ ref('stg_github__reviews') }}
    union all
    select * from {{ ref('stg_tables__reviews') }}
)

select * from final
