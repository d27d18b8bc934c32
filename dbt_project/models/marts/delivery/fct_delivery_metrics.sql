-- A measure exists once its follow-up is over: until then it is provisional, for the newest months always look better.
with measures as (
    select * from {{ ref('int_delivery__metrics') }}
    union all
    select * from {{ ref('int_flow__metrics') }}
),

month_ends as (
    select
        months.month_key,
        {{ utc_timestamp('cast(' ~ plus_days('months.last_date', 1) ~ ' as timestamp)', 'as_of.timezone') }} as ends_at,
        as_of.as_of_at
    from {{ source('company', 'months') }} as months
    cross join {{ ref('int_delivery__as_of') }} as as_of
),

computed as (
    select
        measures.scope,
        measures.month_key,
        measures.metric,
        measures.flow_type,
        measures.unit,
        cast(measures.numerator as double) as numerator,
        cast(measures.denominator as double) as denominator,
        cast(measures.value as double) as value,
        cast(measures.low as double) as low,
        cast(measures.high as double) as high,
        cast(measures.follow_up_days as integer) as follow_up_days,
        {{ dbt.dateadd('day', 'measures.follow_up_days', 'month_ends.ends_at') }} > month_ends.as_of_at
            as is_provisional
    from measures
    inner join month_ends
        on measures.month_key = month_ends.month_key
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
