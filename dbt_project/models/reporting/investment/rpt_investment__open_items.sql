-- The oldest items in progress of each stream.
with ranked as (
    select
        *,
        row_number() over (partition by value_stream_id order by age_hours desc, work_item_key asc) as age_rank,
        count(*) over (partition by value_stream_id) as open_count,
        sum(case when is_over_p85 then 1 else 0 end) over (partition by value_stream_id) as over_p85_count
    from {{ ref('fct_flow_open_items') }}
),

final as (
    select
        ranked.work_item_key,
        ranked.value_stream_id,
        items.title,
        items.url,
        ranked.step,
        ranked.flow_type,
        cast(ranked.age_rank as integer) as age_rank,
        cast(ranked.open_count as integer) as open_count,
        cast(ranked.over_p85_count as integer) as over_p85_count,
        ranked.age_hours,
        ranked.step_age_hours,
        ranked.calendar_days,
        ranked.lead_hours_p85,
        ranked.is_over_p85,
        ranked.entered_at
    from ranked
    left join {{ ref('dim_work_items') }} as items
        on ranked.work_item_key = items.work_item_key
    where ranked.age_rank <= 20
)

select * from final
