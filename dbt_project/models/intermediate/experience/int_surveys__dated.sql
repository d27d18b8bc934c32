{{ config(materialized='view') }}

-- The waves of surveys up to the run month, each with its day.
with waves as (
    select
        wave,
        max(wave_date) as wave_date
    from {{ ref('int_surveys__celled') }}
    group by wave
),

final as (
    select
        waves.wave,
        waves.wave_date
    from waves
    inner join {{ source('company', 'months') }} as months
        on months.is_run_month and waves.wave_date <= months.last_date
)

select * from final
