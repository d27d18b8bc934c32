with final as (
    select * from {{ ref('int_entities__listed') }}
)

select * from final
