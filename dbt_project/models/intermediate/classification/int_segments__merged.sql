{{ config(materialized='view') }}

-- One row per cost row and verdict: segments that neither gate, tier nor work type tells apart are one.
with final as (
    select
        allocation_id,
        verdict_number,
        cast(sum(minutes) as bigint) as minutes,
        cast(sum(weight) as bigint) as weight,
        is_applied,
        from_date,
        to_date
    from {{ ref('int_segments__cased') }}
    group by allocation_id, verdict_number, is_applied, from_date, to_date
)

select * from final
