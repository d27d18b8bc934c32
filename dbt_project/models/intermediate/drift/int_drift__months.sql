-- Closed months, and how new the records were when they were last computed anew beside their frozen rows: by this run,
-- or by an earlier one, where this run keeps closed months as they are.
with records as (
    select max(watermark_at) as watermark_at
    from {{ source('ops', 'source_loads') }}
),

final as (
    select
        closed_months.month_key,
        closed_months.event_id,
        months.is_computed as is_compared,
        case
            when months.is_computed then coalesce(settings.as_of_at, records.watermark_at)
            else earlier.compared_as_of
        end as compared_as_of
    from {{ source('closed', 'months') }} as closed_months
    inner join {{ source('company', 'months') }} as months
        on closed_months.month_key = months.month_key
    cross join {{ source('company', 'settings') }} as settings
    cross join records
    left join {{ source('closed', 'compared_months') }} as earlier
        on closed_months.month_key = earlier.month_key and closed_months.event_id = earlier.event_id
)

select * from final
