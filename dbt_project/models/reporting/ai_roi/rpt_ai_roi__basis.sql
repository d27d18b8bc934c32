-- What the return is counted with: the window, hours of training, and the loaded rate of treated teams.
with trained as (
    select
        month_key,
        hours
    from {{ ref('int_ai__training') }}
),

windowed as (
    select
        count(*) as month_count,
        min(month_key) as first_month_key,
        max(month_key) as last_month_key
    from {{ ref('int_ai__window_months') }}
),

training as (
    select sum(trained.hours) as training_hours
    from trained
    inner join {{ ref('int_ai__window_months') }} as windows
        on trained.month_key = windows.month_key
),

paid as (
    select
        sum(pay_amount) as pay_amount,
        sum(minutes) as minutes
    from {{ ref('int_ai__team_months') }}
    where is_treated
),

final as (
    select
        windowed.first_month_key,
        windowed.last_month_key,
        sizing.measure as size_measure,
        cast(windowed.month_count as integer) as month_count,
        cast(coalesce(training.training_hours, 0) as decimal(18, 2)) as training_hours,
        cast(coalesce(paid.pay_amount, 0) as decimal(18, 2)) as pay_amount,
        cast(cast(coalesce(paid.minutes, 0) as double) / 60 as decimal(18, 2)) as worked_hours
    from windowed
    cross join training
    cross join paid
    cross join {{ ref('int_ai__sizing') }} as sizing
)

select * from final
