with final as (
    select * from {{ ref('int_capitalization__decided') }}
)

select * from final
