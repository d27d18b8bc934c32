-- The strongest signal of a person, item and day, never the sum; an artefact that names several items is split first.
with weights as (
    select
        {{ presence_units('presence_code') }} as code_units,
        {{ presence_units('presence_tracker') }} as tracker_units,
        {{ presence_units('presence_review') }} as review_units,
        {{ presence_units('presence_merge') }} as merge_units
    from {{ source('company', 'settings') }}
),

-- The same author and author time is one commit, in however many repositories it stands.
commits as (
    select
        acts.person_number,
        acts.event_at,
        acts.person_day_number,
        acts.day_number,
        linked.work_item_key,
        min(acts.event_ref) as event_ref,
        bool_or(acts.is_moved) as is_moved
    from {{ ref('int_evidence__acted') }} as acts
    inner join {{ ref('int_code__linked') }} as linked
        on acts.artefact_kind = linked.artefact_kind and acts.artefact_id = linked.artefact_id
    where acts.event_kind = 'commit'
    group by acts.person_number, acts.event_at, acts.person_day_number, acts.day_number, linked.work_item_key
),

item_acts as (
    select
        person_number,
        person_day_number,
        day_number,
        work_item_key,
        'commit' as event_kind,
        count(*) over (partition by person_number, event_at) as item_count,
        cast(null as bigint) as seconds,
        event_ref,
        is_moved
    from commits
    union all
    select
        acts.person_number,
        acts.person_day_number,
        acts.day_number,
        linked.work_item_key,
        acts.event_kind,
        linked.item_count,
        null,
        acts.event_ref,
        acts.is_moved
    from {{ ref('int_evidence__acted') }} as acts
    inner join {{ ref('int_code__linked') }} as linked
        on acts.artefact_kind = linked.artefact_kind and acts.artefact_id = linked.artefact_id
    where acts.event_kind <> 'commit'
    union all
    select
        person_number,
        person_day_number,
        day_number,
        work_item_key,
        event_kind,
        1,
        seconds,
        event_ref,
        is_moved
    from {{ ref('int_evidence__acted') }}
    where work_item_key is not null
),

signals as (
    select
        item_acts.*,
        case item_acts.event_kind
            when 'commit' then weights.code_units
            when 'pull_opened' then weights.code_units
            when 'status_moved' then weights.tracker_units
            when 'reviewed' then weights.review_units
            when 'commented' then weights.review_units
            when 'merged' then weights.merge_units
            when 'deployed' then weights.merge_units
            else 0
        end as signal_units
    from item_acts
    cross join weights
),

strongest as (
    select
        person_number,
        person_day_number,
        day_number,
        work_item_key,
        cast(max({{ integer_divide('signal_units', 'item_count') }}) as bigint) as presence_units,
        cast(max(signal_units) as bigint) as signal_units,
        cast(least(coalesce(sum(seconds), 0), {{ presence_whole() }}) as bigint) as worklog_seconds,
        cast(count(*) as integer) as evidence_count,
        substring(min(cast(9000000000000 - signal_units as varchar) || event_ref), 14) as evidence_ref,
        min(case when seconds is not null then event_ref end) as worklog_ref,
        bool_or(is_moved) as is_moved
    from signals
    group by person_number, person_day_number, day_number, work_item_key
),

final as (
    select
        strongest.person_number,
        strongest.person_day_number,
        strongest.day_number,
        items.item_number,
        strongest.presence_units,
        strongest.signal_units,
        strongest.worklog_seconds,
        strongest.evidence_count,
        strongest.evidence_ref,
        strongest.worklog_ref,
        strongest.is_moved
    from strongest
    inner join {{ ref('int_items__numbered') }} as items
        on strongest.work_item_key = items.work_item_key
)

select * from final
