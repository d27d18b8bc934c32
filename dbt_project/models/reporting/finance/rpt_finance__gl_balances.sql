with final as (
    select * from {{ ref('int_gl__compared') }}
)

select * from final
