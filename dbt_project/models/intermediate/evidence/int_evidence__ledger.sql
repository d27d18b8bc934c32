-- All direct evidence of a working day by tier: trusted worklogs, signals on items, code without a link. Of the days
-- that the run explains and those that they look back to.
with tracker as (
    select {{ presence_units('presence_tracker') }} as units
    from {{ source('company', 'settings') }}
),

direct as (
    select
        evidence.person_number,
        evidence.person_day_number,
        evidence.day_number,
        evidence.item_number,
        evidence.presence_units,
        evidence.signal_units,
        evidence.evidence_count,
        evidence.evidence_ref,
        evidence.is_moved
    from {{ ref('int_evidence__item_days') }} as evidence
    inner join {{ ref('int_people__reach') }} as reach
        on evidence.person_number = reach.person_number and evidence.day_number >= reach.first_day_number
    where evidence.presence_units > 0
    union all
    select
        open_days.person_number,
        open_days.person_day_number,
        open_days.day_number,
        open_days.item_number,
        tracker.units as presence_units,
        tracker.units as signal_units,
        0,
        null,
        false
    from {{ ref('int_evidence__open_item_days') }} as open_days
    cross join tracker
    where tracker.units > 0
),

strongest as (
    select
        person_number,
        person_day_number,
        day_number,
        item_number,
        max(presence_units) as presence_units,
        max(signal_units) as signal_units,
        cast(sum(evidence_count) as integer) as evidence_count,
        min(evidence_ref) as evidence_ref,
        bool_or(is_moved) as is_moved
    from direct
    group by person_number, person_day_number, day_number, item_number
),

final as (
    select
        evidence.person_number,
        evidence.person_day_number,
        evidence.day_number,
        evidence.item_number,
        'T0' as evidence_tier,
        {{ presence_whole() }} as presence_units,
        cast(0 as bigint) as signal_units,
        evidence.worklog_seconds,
        evidence.evidence_count,
        evidence.worklog_ref as evidence_ref,
        cast(null as integer) as rule_rank,
        evidence.is_moved
    from {{ ref('int_evidence__item_days') }} as evidence
    inner join {{ ref('int_people__reach') }} as reach
        on evidence.person_number = reach.person_number and evidence.day_number >= reach.first_day_number
    where evidence.worklog_seconds > 0
    union all
    select
        person_number,
        person_day_number,
        day_number,
        item_number,
        'T1',
        presence_units,
        signal_units,
        0,
        evidence_count,
        evidence_ref,
        null,
        is_moved
    from strongest
    union all
    select
        person_number,
        person_day_number,
        day_number,
        item_number,
        'T1b',
        presence_units,
        signal_units,
        0,
        evidence_count,
        evidence_ref,
        rule_rank,
        is_moved
    from {{ ref('int_evidence__lent') }}
)

select * from final
