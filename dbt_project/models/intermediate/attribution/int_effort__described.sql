{{ config(materialized='view') }}

-- The ledger: every minute of every person-day, with each attribute as it stood that day and as of the month's close.
with final as (
    select
        stated.spell_number,
        spells.person_id,
        stated.work_date,
        stated.month_key,
        stated.item_number,
        stated.work_item_key,
        stated.value_stream_id,
        stated.component_id,
        spells.entity,
        spells.cost_center,
        spells.work_country,
        spells.worker_type,
        spells.role_class,
        spells.team,
        {{ repository_of_item('stated.work_item_key') }} as repository,
        stated.item_type,
        stated.labels,
        stated.parent_key,
        stated.epic_key,
        stated.status,
        stated.item_type_at_close,
        stated.labels_at_close,
        stated.parent_key_at_close,
        stated.history,
        stated.evidence_tier,
        stated.evidence_ref,
        stated.minutes,
        stated.evidence_count,
        stated.value_stream_rule_order,
        stated.is_moved,
        stated.is_approved
    from {{ ref('int_effort__stated') }} as stated
    inner join {{ ref('int_spells__numbered') }} as spells
        on stated.spell_number = spells.spell_number
)

select * from final
