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

-- Merging one's own is nothing, whichever of one's accounts pressed the button.
authors as (
    select distinct
        pulls.repository || '#' || cast(pulls.number as varchar) as pull_id,
        pulls.created_at,
        accounts.person_id,
        accounts.valid_from,
        accounts.valid_to
    from {{ ref('inp_pull_requests') }} as pulls
    inner join {{ ref('int_accounts__resolved') }} as accounts
        on pulls.source = accounts.source and {{ account_key('pulls.author') }} = accounts.account_key
    where pulls.merged_at is not null
),

own_merges as (
    select distinct
        acts.person_id,
        acts.event_ref
    from local_acts as acts
    inner join authors
        on acts.artefact_id = authors.pull_id and acts.person_id = authors.person_id
    where
        acts.event_kind = 'merged'
        and cast(authors.created_at as date) between authors.valid_from and authors.valid_to
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
    left join own_merges
        on acts.person_id = own_merges.person_id and acts.event_ref = own_merges.event_ref
    where
        own_merges.event_ref is null
        and acts.local_date between acts.valid_from and acts.valid_to
        and days.evidence_date is not null
)

select * from final
