-- A time zone is converted once per zone and UTC day, not once per record: a UTC day meets at most one local midnight.
with zones as (
    select timezone from {{ source('company', 'people') }}
    union distinct
    select timezone from {{ source('company', 'settings') }}
),

spans as (
    select
        zones.timezone,
        {{ plus_days('span.evidence_from_date', -1) }} as first_day,
        {{ plus_days('span.last_date', 1) }} as last_day
    from zones
    cross join {{ ref('int_ledger__spanned') }} as span
),

days as (
    {{ exploded_days('spans', ['timezone'], 'first_day', 'last_day', 'utc_date') }}
),

local_days as (
    select
        timezone,
        utc_date,
        {{ local_date('cast(utc_date as timestamp)', 'timezone') }} as local_date
    from days
),

final as (
    select
        timezone,
        utc_date,
        local_date,
        {{ plus_days('local_date', 1) }} as next_local_date,
        {{ utc_timestamp('cast(' ~ plus_days('local_date', 1) ~ ' as timestamp)', 'timezone') }} as next_local_day_at
    from local_days
)

select * from final
