{{ config(materialized='view') }}
with final as (
    select
        work_item_key,
        interval_number,
        status,
        step,
        kind,
        is_current,
        started_at,
        ended_at
    from {{ ref('int_status_intervals__placed') }}
)

select * from final
