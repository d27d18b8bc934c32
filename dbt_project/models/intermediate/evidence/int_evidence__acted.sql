-- Whose act it was and on which working day it counts: off days move inside their month. Acts before a person's reach
-- are left out, except those on what is remembered.
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
    inner join {{ ref('int_people__reach') }} as reach
        on accounts.person_id = reach.person_id
    left join {{ ref('int_evidence__remembered') }} as remembered
        on recorded.artefact_kind = remembered.artefact_kind and recorded.artefact_id = remembered.artefact_id
    -- A day more than the zones can differ by.
    where
        reach.touched_from_date is null
        or cast(recorded.event_at as date) >= {{ plus_days('reach.touched_from_date', -2) }}
        or remembered.artefact_id is not null
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

-- Merging one's own is nothing, whichever of one's accounts pressed the button.
authors as (
    select distinct
        'merged' as event_kind,
        pulls.repository || '#' || cast(pulls.number as varchar) as pull_id,
        accounts.person_id
    from {{ ref('inp_pull_requests') }} as pulls
    inner join {{ ref('int_accounts__resolved') }} as accounts
        on
            pulls.source = accounts.source
            and {{ account_key('pulls.author') }} = accounts.account_key
            and cast(pulls.created_at as date) between accounts.valid_from and accounts.valid_to
    where pulls.merged_at is not null
),

final as (
    select
        acts.person_id,
        days.person_number,
        {{ person_day_number('days.person_number', 'days.evidence_date') }} as person_day_number,
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
    left join authors
        on
            acts.event_kind = authors.event_kind
            and acts.artefact_id = authors.pull_id
            and acts.person_id = authors.person_id
    where
        authors.pull_id is null
        and acts.local_date between acts.valid_from and acts.valid_to
        and days.evidence_date is not null
)

select * from final
