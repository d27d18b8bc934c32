-- From when on evidence of a person is looked at: as many working days before the first one that the run explains as
-- tier T2 looks back, and touches as many more as an open item takes to fade or stays at hand. A run that explains
-- every month looks at all there is.
with span as (
    select
        evidence_from_date,
        computed_from_date > first_date as keeps_months
    from {{ ref('int_ledger__spanned') }}
),

computed as (
    select
        days.person_id,
        days.person_number,
        min(days.day_number) - min(settings.nearest_days) as first_day_number,
        min(days.day_number) - greatest(min(settings.nearest_days) + 2, min(settings.stale_end_days))
            as touched_from_number
    from {{ ref('int_people__days') }} as days
    cross join {{ source('company', 'settings') }} as settings
    where days.is_computed
    group by days.person_id, days.person_number
),

final as (
    select
        computed.person_id,
        computed.person_number,
        min(computed.first_day_number) as first_day_number,
        case when min(case when span.keeps_months then 1 else 0 end) = 1 then min(days.work_date) end
            as touched_from_date
    from computed
    cross join span
    inner join {{ ref('int_people__days') }} as days
        on
            computed.person_number = days.person_number
            -- Off days count with the next working day, as an assignment on one of them does.
            and computed.touched_from_number
            <= days.day_number + case when days.capacity_minutes > 0 then 0 else 1 end
    group by computed.person_id, computed.person_number
)

select * from final
