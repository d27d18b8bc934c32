-- Overrides with both persons; an empty month means every month.
with final as (
    select
        override_id,
        coalesce(work_item_key, 'NONE') as work_item_key,
        coalesce(component_id, 'NONE') as component_id,
        treatment,
        reason,
        requested_by,
        approved_by,
        month as month_key,
        cast(approved_at as date) as approved_date
    from {{ source('company', 'overrides') }}
)

select * from final
