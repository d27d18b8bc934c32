{{ config(materialized='view') }}

-- The ledger: every minute of every person-day; closed months as they were frozen.
with final as (
    {{ open_and_closed(ref('int_effort__described')) }}
)

select * from final
