-- A thousand months from the first month of the books on: long enough for any life.
with digits as (
    {% for digit in range(10) -%}
        select {{ digit }} as digit{{ ' union all ' if not loop.last }}
    {% endfor -%}
),

counted as (
    select hundreds.digit * 100 + tens.digit * 10 + ones.digit as month_index
    from digits as hundreds
    cross join digits as tens
    cross join digits as ones
),

started as (
    select
        min(first_date) as first_date,
        max(case when is_run_month then first_date end) as run_date
    from {{ source('company', 'months') }}
),

dated as (
    select
        {{ month_ordinal('started.first_date') }} + counted.month_index as month_number,
        {{ month_ordinal('started.run_date') }} as run_number,
        counted.month_index,
        {{ shifted_date('started.first_date', 'month', 'counted.month_index') }} as first_date
    from counted
    cross join started
),

final as (
    select
        cast(month_number as integer) as month_number,
        {{ month_key('first_date') }} as month_key,
        month_index = 0 as is_first_month,
        month_number = run_number as is_run_month,
        month_number > run_number as is_after_run_month,
        first_date,
        {{ shifted_date(shifted_date('first_date', 'month', 1), 'day', -1) }} as last_date
    from dated
)

select * from final
