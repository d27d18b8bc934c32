-- Shares of a day taken off, capped at one day, paid leave first.
with taken as (
    select
        time_off.person_id,
        time_off.kind,
        time_off.share,
        greatest(time_off.start_date, span.evidence_from_date) as first_day,
        least(time_off.end_date, span.last_date) as last_day
    from {{ source('company', 'time_off') }} as time_off
    cross join {{ ref('int_ledger__spanned') }} as span
),

days as (
    {{ exploded_days('taken', ['person_id', 'kind', 'share'], 'first_day', 'last_day', 'work_date') }}
),

shares as (
    select
        person_id,
        work_date,
        least(sum(case when kind = 'paid' then share else 0 end), 1) as paid_ratio,
        sum(case when kind = 'paid' then 0 else share end) as unpaid_ratio
    from days
    group by person_id, work_date
),

final as (
    select
        person_id,
        work_date,
        cast(paid_ratio as decimal(10, 8)) as paid_ratio,
        cast(least(unpaid_ratio, 1 - paid_ratio) as decimal(10, 8)) as unpaid_ratio
    from shares
)

select * from final
