with final as (
    select * from {{ ref('int_journals__lined') }}
)

select * from final
