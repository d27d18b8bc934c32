with final as (
    select * from {{ ref('int_overrides__decided') }}
)

select * from final
