{{ config(materialized='view') }}

-- The ledger's rows with what may change their treatment, as computed today for every month.
with final as (
    select
        spell_number,
        person_id,
        work_date,
        month_key,
        entity,
        cost_center,
        work_country,
        worker_type,
        role_class,
        team,
        item_number,
        work_item_key,
        value_stream_id,
        component_id,
        evidence_tier,
        item_type,
        labels,
        cast(minutes as bigint) as minutes,
        is_approved
    from {{ ref('int_effort__described') }}
)

select * from final
