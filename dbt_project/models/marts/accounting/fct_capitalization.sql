{{ config(materialized='view') }}

-- Cost rows as they are decided; closed months as they were frozen.
with final as (
    {{ open_and_closed(ref('int_capitalization__decided')) }}
)

select * from final
