-- Every row of the ledger with the rule that gives it a value stream and a component.
with ledger as (
    select
        person_id,
        work_date,
        work_item_key,
        evidence_tier,
        minutes,
        evidence_count,
        evidence_ref,
        repository,
        rule_rank,
        is_moved,
        is_approved,
        value_stream_id,
        component_id
    from {{ ref('int_effort__explained') }}
    union all
    select
        person_id,
        work_date,
        work_item_key,
        evidence_tier,
        minutes,
        0,
        evidence_ref,
        repository,
        null,
        false,
        null,
        null,
        null
    from {{ ref('int_effort__unexplained') }}
    union all
    select
        person_id,
        work_date,
        'LEAVE',
        'L',
        minutes,
        0,
        null,
        null,
        null,
        false,
        null,
        null,
        null
    from {{ ref('int_effort__leave_days') }}
),

employed as (
    select
        ledger.*,
        days.month_key,
        days.spell_start_date,
        people.team
    from ledger
    inner join {{ ref('int_people__days') }} as days
        on ledger.person_id = days.person_id and ledger.work_date = days.work_date
    inner join {{ source('company', 'people') }} as people
        on days.person_id = people.person_id and days.spell_start_date = people.start_date
),

repository_ranks as (
    select
        repository,
        valid_from,
        valid_to,
        {{ rule_rank(6, 'rule_order') }} as rule_rank
    from {{ ref('int_code__repository_rules') }}
    where path is null
),

-- Dates of rules on repositories and teams may overlap: the least rank of a day holds.
repository_days as (
    select
        employed.repository,
        employed.work_date,
        min(ranks.rule_rank) as rule_rank
    from (select distinct
        repository,
        work_date
    from employed
    where repository is not null) as employed
    inner join repository_ranks as ranks
        on
            employed.repository = ranks.repository
            and employed.work_date between ranks.valid_from and ranks.valid_to
    group by employed.repository, employed.work_date
),

team_days as (
    select
        employed.team,
        employed.work_date,
        min({{ rule_rank(7, 'rules.rule_order') }}) as rule_rank
    from (select distinct
        team,
        work_date
    from employed) as employed
    inner join {{ source('company', 'stream_rules') }} as rules
        on
            rules.match_kind = 'team'
            and employed.team = rules.match_value
            and employed.work_date >= coalesce(rules.valid_from, employed.work_date)
            and employed.work_date <= coalesce(rules.valid_to, employed.work_date)
    group by employed.team, employed.work_date
),

ranked as (
    select
        employed.*,
        case
            when employed.evidence_tier in ('T4', 'T6', 'L') then null
            else coalesce(
                employed.rule_rank, repository_days.rule_rank, streams.rule_rank, team_days.rule_rank
            )
        end as stream_rank
    from employed
    left join {{ ref('int_items__streams') }} as streams
        on
            employed.work_item_key = streams.work_item_key
            and employed.work_date between streams.from_date and streams.to_date
    left join repository_days
        on employed.repository = repository_days.repository and employed.work_date = repository_days.work_date
    left join team_days
        on employed.team = team_days.team and employed.work_date = team_days.work_date
),

final as (
    select
        ranked.person_id,
        ranked.work_date,
        ranked.month_key,
        ranked.spell_start_date,
        ranked.work_item_key,
        coalesce(ranked.value_stream_id, rules.value_stream_id, 'NONE') as value_stream_id,
        case
            when ranked.evidence_tier = 'T4' then ranked.component_id
            when ranked.repository is not null then 'NONE'
            else coalesce(rules.component_id, 'NONE')
        end as component_id,
        ranked.minutes,
        ranked.evidence_tier,
        ranked.evidence_ref,
        ranked.evidence_count,
        ranked.repository,
        rules.rule_order as value_stream_rule_order,
        ranked.is_moved,
        ranked.is_approved
    from ranked
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('ranked.stream_rank') }} = rules.rule_order
)

select * from final
