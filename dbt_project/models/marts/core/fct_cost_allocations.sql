{{ config(materialized='view') }}

-- Every cent of pay, AI and other cost on the work that it paid for; closed months as they were frozen.
with final as (
    {{ open_and_closed(ref('int_allocations__identified')) }}
)

select * from final
