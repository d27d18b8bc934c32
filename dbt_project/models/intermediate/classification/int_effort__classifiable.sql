{{ config(materialized='view') }}

-- The ledger's rows with what may change their treatment, from the layer below the mart of the same name.
with final as (
    select
        placed.person_id,
        placed.work_date,
        placed.month_key,
        people.entity,
        people.cost_center,
        people.work_country,
        people.worker_type,
        people.role_class,
        people.team,
        placed.work_item_key,
        placed.value_stream_id,
        placed.component_id,
        placed.evidence_tier,
        states.item_type,
        states.labels,
        cast(placed.minutes as bigint) as minutes,
        placed.is_approved
    from {{ ref('int_effort__placed') }} as placed
    inner join {{ source('company', 'people') }} as people
        on placed.person_id = people.person_id and placed.spell_start_date = people.start_date
    left join {{ ref('int_items__states') }} as states
        on
            placed.work_item_key = states.work_item_key
            and placed.work_date between states.from_date and states.to_date
)

select * from final
