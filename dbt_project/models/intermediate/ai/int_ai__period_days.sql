-- The days of each week and month of the books, by which a day finds its periods.
with periods as (
    select * from {{ ref('int_ai__periods') }}
),

final as (
    {{ exploded_days('periods', ['period_type', 'period_key'], 'first_date', 'last_date', 'day_date') }}
)

select * from final
