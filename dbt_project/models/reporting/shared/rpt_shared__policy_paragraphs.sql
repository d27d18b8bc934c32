with final as (
    select * from {{ ref('int_paragraphs__listed') }}
)

select * from final
