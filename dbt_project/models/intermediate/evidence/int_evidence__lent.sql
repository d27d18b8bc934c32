-- Unlinked code is lent in equal parts to its author's open items, those of the repository's stream where there are
-- such; with none it stays with the repository.
with unlinked as (
    select * from {{ ref('int_evidence__unlinked_code') }}
),

open_items as (
    select distinct
        unlinked.person_day_number,
        unlinked.repository,
        unlinked.work_date,
        unlinked.value_stream_id,
        intervals.item_number,
        intervals.work_item_key
    from unlinked
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ ref('int_items__work_intervals') }} as intervals
        on
            unlinked.person_number = intervals.person_number
            and unlinked.day_number between intervals.first_day_number and intervals.last_day_number
    where settings.unlinked_code = 'lend'
),

-- The last level of the mapping: an item that no other rule places belongs to its worker's team.
team_ranks as (
    select
        unlinked_days.person_day_number,
        min(teams.rule_rank) as rule_rank
    from (select distinct
        person_day_number,
        work_date
    from unlinked) as unlinked_days
    inner join {{ ref('int_people__days') }} as days
        on unlinked_days.person_day_number = days.person_day_number
    inner join {{ source('company', 'people') }} as people
        on days.person_id = people.person_id and days.spell_start_date = people.start_date
    inner join {{ ref('int_teams__streams') }} as teams
        on people.team = teams.team and unlinked_days.work_date between teams.from_date and teams.to_date
    group by unlinked_days.person_day_number
),

placed_items as (
    select
        open_items.person_day_number,
        open_items.repository,
        open_items.item_number,
        case when rules.value_stream_id = open_items.value_stream_id then 1 else 0 end as is_same_stream
    from open_items
    left join {{ ref('int_items__streams') }} as streams
        on
            open_items.work_item_key = streams.work_item_key
            and open_items.work_date between streams.from_date and streams.to_date
    left join team_ranks
        on open_items.person_day_number = team_ranks.person_day_number
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('coalesce(streams.rule_rank, team_ranks.rule_rank)') }} = rules.rule_order
),

borrowing_days as (
    select
        person_day_number,
        repository,
        max(is_same_stream) as is_same_stream,
        case when max(is_same_stream) = 1 then sum(is_same_stream) else count(*) end as item_count
    from placed_items
    group by person_day_number, repository
),

shares as (
    select
        unlinked.person_number,
        unlinked.person_day_number,
        unlinked.day_number,
        coalesce(placed_items.item_number, repositories.item_number) as item_number,
        case when placed_items.item_number is null then unlinked.rule_rank end as rule_rank,
        {{ presence_units('settings.presence_code') }} as signal_units,
        {{ integer_divide(presence_units('settings.presence_code'), 'coalesce(borrowing_days.item_count, 1)') }}
            as presence_units,
        unlinked.evidence_count,
        unlinked.evidence_ref,
        unlinked.is_moved
    from unlinked
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ ref('int_items__numbered') }} as repositories
        on 'REPO:' || unlinked.repository = repositories.work_item_key
    left join borrowing_days
        on
            unlinked.person_day_number = borrowing_days.person_day_number
            and unlinked.repository = borrowing_days.repository
    left join placed_items
        on
            borrowing_days.person_day_number = placed_items.person_day_number
            and borrowing_days.repository = placed_items.repository
            and borrowing_days.is_same_stream = placed_items.is_same_stream
),

final as (
    select
        person_number,
        person_day_number,
        day_number,
        item_number,
        min(rule_rank) as rule_rank,
        cast(max(presence_units) as bigint) as presence_units,
        cast(max(signal_units) as bigint) as signal_units,
        cast(sum(evidence_count) as integer) as evidence_count,
        min(evidence_ref) as evidence_ref,
        bool_or(is_moved) as is_moved
    from shares
    group by person_number, person_day_number, day_number, item_number
)

select * from final
