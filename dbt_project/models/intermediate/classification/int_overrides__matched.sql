-- The override that counts for a person, month, item and component: the latest approved that names it.
with rows_present as (
    select distinct
        person_id,
        month_key,
        work_item_key,
        component_id
    from {{ ref('int_costs__classifiable') }}
),

named as (
    select
        rows_present.person_id,
        rows_present.month_key,
        rows_present.work_item_key,
        rows_present.component_id,
        min(overrides.override_rank) as override_rank
    from {{ ref('int_overrides__accepted') }} as overrides
    inner join rows_present
        on
            coalesce(overrides.work_item_key, rows_present.work_item_key) = rows_present.work_item_key
            and coalesce(overrides.component_id, rows_present.component_id) = rows_present.component_id
            and coalesce(overrides.person_id, rows_present.person_id) = rows_present.person_id
            and coalesce(overrides.month_key, rows_present.month_key) = rows_present.month_key
    group by
        rows_present.person_id, rows_present.month_key, rows_present.work_item_key, rows_present.component_id
),

final as (
    select
        named.person_id,
        named.month_key,
        named.work_item_key,
        named.component_id,
        overrides.override_id,
        overrides.treatment,
        overrides.reason,
        overrides.requested_by,
        overrides.approved_by
    from named
    inner join {{ ref('int_overrides__accepted') }} as overrides on named.override_rank = overrides.override_rank
)

select * from final
