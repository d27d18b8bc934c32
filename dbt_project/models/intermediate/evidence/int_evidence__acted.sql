-- Whose act it was and on which working day it counts: off days move inside their month.
with located as (
    select
        recorded.*,
        accounts.person_id,
        accounts.timezone,
        accounts.valid_from,
        accounts.valid_to
    from {{ ref('int_evidence__recorded') }} as recorded
    inner join {{ ref('int_accounts__located') }} as accounts
        on
            recorded.source = accounts.source
            and {{ account_key('recorded.account') }} = accounts.account_key
            and cast(recorded.event_at as date) between accounts.zone_from_date and accounts.zone_to_date
),

local_acts as (
    select
        located.*,
        {{ zone_date('located.event_at', 'zones') }} as local_date
    from located
    inner join {{ ref('int_timezones__days') }} as zones
        on
            located.timezone = zones.timezone
            and cast(located.event_at as date) = zones.utc_date
),

final as (
    select
        acts.person_id,
        acts.event_kind,
        acts.event_at,
        acts.local_date,
        days.evidence_date as work_date,
        days.evidence_day_number as day_number,
        acts.artefact_kind,
        acts.artefact_id,
        acts.repository,
        acts.work_item_key,
        acts.seconds,
        acts.event_ref,
        days.evidence_date <> acts.local_date as is_moved
    from local_acts as acts
    inner join {{ ref('int_people__days') }} as days
        on acts.person_id = days.person_id and acts.local_date = days.work_date
    where
        acts.local_date between acts.valid_from and acts.valid_to
        and days.evidence_date is not null
)

select * from final
