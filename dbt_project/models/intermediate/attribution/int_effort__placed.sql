{{ config(materialized='view') }}

-- Every row of the ledger with the rule that gives it a value stream and a component.
with ledger as (
    select
        person_day_number,
        item_number,
        evidence_tier,
        minutes,
        rule_rank,
        cast(null as boolean) as is_approved,
        cast(null as varchar) as value_stream_id,
        cast(null as varchar) as component_id
    from {{ ref('int_effort__explained') }}
    union all
    select
        person_day_number,
        item_number,
        'T4',
        minutes,
        null,
        is_approved,
        value_stream_id,
        component_id
    from {{ ref('int_effort__promised') }}
    union all
    select
        person_day_number,
        item_number,
        evidence_tier,
        minutes,
        null,
        null,
        null,
        null
    from {{ ref('int_effort__unexplained') }}
    union all
    select
        leave_days.person_day_number,
        items.item_number,
        'L',
        leave_days.minutes,
        null,
        null,
        null,
        null
    from {{ ref('int_effort__leave_days') }} as leave_days
    inner join {{ ref('int_items__numbered') }} as items
        on items.work_item_key = 'LEAVE'
),

employed as (
    select
        ledger.*,
        days.work_date,
        days.month_key,
        spells.spell_number,
        spells.team,
        items.work_item_key,
        {{ repository_of_item('items.work_item_key') }} as repository
    from ledger
    inner join {{ ref('int_people__days') }} as days
        on ledger.person_day_number = days.person_day_number
    inner join {{ ref('int_spells__numbered') }} as spells
        on days.person_id = spells.person_id and days.spell_start_date = spells.start_date
    inner join {{ ref('int_items__numbered') }} as items
        on ledger.item_number = items.item_number
),

ranked as (
    select
        employed.*,
        case
            when employed.evidence_tier in ('T4', 'T6', 'L') then null
            else coalesce(employed.rule_rank, repositories.rule_rank, streams.rule_rank, teams.rule_rank)
        end as stream_rank
    from employed
    left join {{ ref('int_items__streams') }} as streams
        on
            employed.work_item_key = streams.work_item_key
            and employed.work_date between streams.from_date and streams.to_date
    left join {{ ref('int_repositories__streams') }} as repositories
        on
            employed.repository = repositories.repository
            and employed.work_date between repositories.from_date and repositories.to_date
    left join {{ ref('int_teams__streams') }} as teams
        on employed.team = teams.team and employed.work_date between teams.from_date and teams.to_date
),

final as (
    select
        ranked.spell_number,
        ranked.person_day_number,
        ranked.work_date,
        ranked.month_key,
        ranked.work_item_key,
        ranked.item_number,
        coalesce(ranked.value_stream_id, rules.value_stream_id, 'NONE') as value_stream_id,
        case
            when ranked.evidence_tier = 'T4' then ranked.component_id
            when ranked.repository is not null then 'NONE'
            else coalesce(rules.component_id, 'NONE')
        end as component_id,
        ranked.minutes,
        ranked.evidence_tier,
        rules.rule_order as value_stream_rule_order,
        ranked.is_approved
    from ranked
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('ranked.stream_rank') }} = rules.rule_order
)

select * from final
