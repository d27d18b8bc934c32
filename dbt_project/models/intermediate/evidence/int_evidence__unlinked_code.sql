-- Code that names no item: one presence per person, day and repository, with the rule that places the repository.
with acts as (
    select acts.*
    from {{ ref('int_evidence__acted') }} as acts
    inner join {{ ref('int_people__reach') }} as reach
        on acts.person_number = reach.person_number and acts.day_number >= reach.first_day_number
    where acts.event_kind in ('commit', 'pull_opened')
),

artefacts as (
    select
        acts.person_number,
        acts.person_day_number,
        acts.event_kind,
        acts.event_at,
        case when acts.event_kind = 'commit' then '' else acts.artefact_id end as artefact_group,
        acts.work_date,
        acts.day_number,
        min(acts.repository) as repository,
        min(acts.artefact_id) as artefact_id,
        min(acts.event_ref) as event_ref,
        bool_or(acts.is_moved) as is_moved
    from acts
    left join {{ ref('int_code__linked') }} as linked
        on acts.artefact_kind = linked.artefact_kind and acts.artefact_id = linked.artefact_id
    group by
        acts.person_number, acts.person_day_number, acts.event_kind, acts.event_at, artefact_group, acts.work_date,
        acts.day_number
    having count(linked.work_item_key) = 0
),

ranks as (
    select
        artefacts.person_day_number,
        artefacts.repository,
        rules.rule_order
    from artefacts
    inner join {{ ref('int_code__repository_rules') }} as rules
        on artefacts.repository = rules.repository and rules.path is null
    where artefacts.work_date between rules.valid_from and rules.valid_to
    union all
    select
        artefacts.person_day_number,
        artefacts.repository,
        rules.rule_order
    from artefacts
    inner join {{ ref('int_code__commit_rules') }} as rules
        on artefacts.artefact_id = rules.sha
    where artefacts.work_date between rules.valid_from and rules.valid_to
),

best_ranks as (
    select
        person_day_number,
        repository,
        min({{ rule_rank(6, 'rule_order') }}) as rule_rank
    from ranks
    group by person_day_number, repository
),

days as (
    select
        person_number,
        person_day_number,
        day_number,
        work_date,
        repository,
        cast(count(*) as integer) as evidence_count,
        min(event_ref) as evidence_ref,
        bool_or(is_moved) as is_moved
    from artefacts
    group by person_number, person_day_number, day_number, work_date, repository
),

final as (
    select
        days.*,
        best_ranks.rule_rank,
        rules.value_stream_id
    from days
    left join best_ranks
        on days.person_day_number = best_ranks.person_day_number and days.repository = best_ranks.repository
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('best_ranks.rule_rank') }} = rules.rule_order
)

select * from final
