with final as (
    select * from {{ ref('int_declarations__listed') }}
)

select * from final
