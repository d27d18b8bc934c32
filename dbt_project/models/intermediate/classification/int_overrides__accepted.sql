-- Overrides that two different people have signed by the data-as-of, the latest approval first.
with final as (
    select
        overrides.override_id,
        overrides.work_item_key,
        overrides.component_id,
        overrides.person_id,
        overrides.month as month_key,
        overrides.treatment,
        overrides.reason,
        overrides.requested_by,
        overrides.approved_by,
        cast(
            row_number() over (order by overrides.approved_at desc, overrides.override_id desc) as integer
        ) as override_rank
    from {{ source('company', 'overrides') }} as overrides
    cross join {{ source('company', 'settings') }} as settings
    where
        lower(trim(overrides.requested_by)) <> lower(trim(overrides.approved_by))
        and (settings.as_of_at is null or overrides.approved_at <= settings.as_of_at)
)

select * from final
