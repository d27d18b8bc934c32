-- Unlinked code is lent in equal parts to its author's open items, those of the repository's stream where there are
-- such; with none it stays with the repository.
with unlinked as (
    select * from {{ ref('int_evidence__unlinked_code') }}
),

open_items as (
    select distinct
        unlinked.person_id,
        unlinked.repository,
        unlinked.work_date,
        unlinked.value_stream_id,
        intervals.work_item_key
    from unlinked
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ ref('int_items__work_intervals') }} as intervals
        on
            unlinked.person_id = intervals.person_id
            and unlinked.day_number between intervals.first_day_number and intervals.last_day_number
    where settings.unlinked_code = 'lend'
),

-- The last level of the mapping: an item that no other rule places belongs to its worker's team.
team_ranks as (
    select
        unlinked_days.person_id,
        unlinked_days.work_date,
        min({{ rule_rank(7, 'rules.rule_order') }}) as rule_rank
    from (select distinct
        person_id,
        work_date
    from unlinked) as unlinked_days
    inner join {{ ref('int_people__days') }} as days
        on unlinked_days.person_id = days.person_id and unlinked_days.work_date = days.work_date
    inner join {{ source('company', 'people') }} as people
        on days.person_id = people.person_id and days.spell_start_date = people.start_date
    inner join {{ source('company', 'stream_rules') }} as rules
        on
            rules.match_kind = 'team'
            and people.team = rules.match_value
            and unlinked_days.work_date >= coalesce(rules.valid_from, unlinked_days.work_date)
            and unlinked_days.work_date <= coalesce(rules.valid_to, unlinked_days.work_date)
    group by unlinked_days.person_id, unlinked_days.work_date
),

placed_items as (
    select
        open_items.person_id,
        open_items.repository,
        open_items.work_date,
        open_items.work_item_key,
        case when rules.value_stream_id = open_items.value_stream_id then 1 else 0 end as is_same_stream,
        max(case when rules.value_stream_id = open_items.value_stream_id then 1 else 0 end) over (
            partition by open_items.person_id, open_items.repository, open_items.work_date
        ) as has_same_stream
    from open_items
    left join {{ ref('int_items__streams') }} as streams
        on
            open_items.work_item_key = streams.work_item_key
            and open_items.work_date between streams.from_date and streams.to_date
    left join team_ranks
        on open_items.person_id = team_ranks.person_id and open_items.work_date = team_ranks.work_date
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('coalesce(streams.rule_rank, team_ranks.rule_rank)') }} = rules.rule_order
),

borrowers as (
    select
        *,
        count(*) over (partition by person_id, repository, work_date) as item_count
    from placed_items
    where is_same_stream = has_same_stream
),

shares as (
    select
        unlinked.person_id,
        unlinked.work_date,
        unlinked.day_number,
        coalesce(borrowers.work_item_key, 'REPO:' || unlinked.repository) as work_item_key,
        case when borrowers.work_item_key is null then unlinked.repository end as repository,
        case when borrowers.work_item_key is null then unlinked.rule_rank end as rule_rank,
        {{ presence_units('settings.presence_code') }} as signal_units,
        {{ integer_divide(presence_units('settings.presence_code'), 'coalesce(borrowers.item_count, 1)') }}
            as presence_units,
        unlinked.evidence_count,
        unlinked.evidence_ref,
        unlinked.is_moved
    from unlinked
    cross join {{ source('company', 'settings') }} as settings
    left join borrowers
        on
            unlinked.person_id = borrowers.person_id
            and unlinked.repository = borrowers.repository
            and unlinked.work_date = borrowers.work_date
),

final as (
    select
        person_id,
        work_date,
        day_number,
        work_item_key,
        min(repository) as repository,
        min(rule_rank) as rule_rank,
        cast(max(presence_units) as bigint) as presence_units,
        cast(max(signal_units) as bigint) as signal_units,
        cast(sum(evidence_count) as integer) as evidence_count,
        min(evidence_ref) as evidence_ref,
        bool_or(is_moved) as is_moved
    from shares
    group by person_id, work_date, day_number, work_item_key
)

select * from final
