with final as (
    select
        intervals.work_item_key,
        cast(row_number() over (
            partition by intervals.work_item_key
            order by intervals.is_first desc, intervals.from_at asc, intervals.to_at asc
        ) as integer) as interval_number,
        intervals.value as assignee,
        intervals.to_at = cast('9999-12-31' as timestamp) as is_current,
        intervals.from_at as started_at,
        case when intervals.to_at < cast('9999-12-31' as timestamp) then intervals.to_at end as ended_at
    from {{ ref('int_items__field_intervals') }} as intervals
    inner join {{ ref('inp_work_items') }} as items
        on intervals.work_item_key = items.work_item_key
    where intervals.field = 'assignee'
)

select * from final
