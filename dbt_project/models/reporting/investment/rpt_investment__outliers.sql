-- The five finished items of each stream with the longest lead time in the run month.
with ranked as (
    select
        facts.*,
        row_number() over (partition by facts.value_stream_id order by facts.lead_hours desc, facts.work_item_key asc)
            as lead_rank
    from {{ ref('fct_flow_items') }} as facts
    inner join {{ ref('dim_months') }} as months
        on facts.month_key = months.month_key
    where months.is_run_month and facts.lead_hours is not null
),

final as (
    select
        ranked.work_item_key,
        ranked.value_stream_id,
        items.title,
        items.url,
        cast(ranked.lead_rank as integer) as lead_rank,
        ranked.lead_hours,
        ranked.process_hours,
        ranked.wait_hours,
        ranked.rework_count,
        ranked.handoff_count
    from ranked
    left join {{ ref('dim_work_items') }} as items
        on ranked.work_item_key = items.work_item_key
    where ranked.lead_rank <= 5
)

select * from final
