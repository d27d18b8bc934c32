-- The ledger as it is kept: each attribute of an item as it stood that day and as of the month's close; those of the
-- person are its spell's.
with placed as (
    select
        placed.*,
        months.last_date as close_date
    from {{ ref('int_effort__placed') }} as placed
    inner join {{ source('company', 'months') }} as months
        on placed.month_key = months.month_key
),

final as (
    select
        placed.spell_number,
        placed.work_date,
        placed.month_key,
        placed.item_number,
        placed.work_item_key,
        placed.value_stream_id,
        placed.component_id,
        states.item_type,
        states.labels,
        states.parent_key,
        lineages.epic_key,
        statuses.value as status,
        closing_states.item_type as item_type_at_close,
        closing_states.labels as labels_at_close,
        closing_states.parent_key as parent_key_at_close,
        states.history,
        placed.evidence_tier,
        case placed.evidence_tier
            when 'T2' then nearest.evidence_ref
            when 'T3' then 'open:' || placed.work_item_key
            when 'T4' then 'declared:' || placed.month_key
            when 'T5' then 'team:' || spells.team || '/' || spells.role_class || '@' || placed.month_key
            when 'T6' then null
            when 'L' then null
            else {{ open_reference('evidence', 'placed') }}
        end as evidence_ref,
        cast(placed.minutes as integer) as minutes,
        coalesce(evidence.evidence_count, 0) as evidence_count,
        placed.value_stream_rule_order,
        coalesce(evidence.is_moved, false) as is_moved,
        placed.is_approved
    from placed
    inner join {{ ref('int_spells__numbered') }} as spells
        on placed.spell_number = spells.spell_number
    left join {{ ref('int_evidence__ledger') }} as evidence
        on
            placed.person_day_number = evidence.person_day_number
            and placed.item_number = evidence.item_number
            and placed.evidence_tier = evidence.evidence_tier
    left join {{ ref('int_effort__nearest') }} as nearest
        on placed.person_day_number = nearest.person_day_number and placed.item_number = nearest.item_number
    left join {{ ref('int_items__states') }} as states
        on
            placed.work_item_key = states.work_item_key
            and placed.work_date between states.from_date and states.to_date
    left join {{ ref('int_items__states') }} as closing_states
        on
            placed.work_item_key = closing_states.work_item_key
            and placed.close_date between closing_states.from_date and closing_states.to_date
    left join {{ ref('int_items__lineages') }} as lineages
        on
            placed.work_item_key = lineages.work_item_key
            and placed.work_date between lineages.from_date and lineages.to_date
    left join {{ ref('int_items__state_days') }} as statuses
        on
            placed.work_item_key = statuses.work_item_key
            and statuses.field = 'status'
            and placed.work_date between statuses.from_date and statuses.to_date
)

select * from final
