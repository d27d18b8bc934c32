-- Work items as they stood at the end of the run month.
with run_month as (
    select last_date
    from {{ source('company', 'months') }}
    where is_run_month
),

final as (
    select
        items.work_item_key,
        items.source,
        items.title,
        states.item_type,
        statuses.value as status,
        states.parent_key,
        lineages.epic_key,
        lineages.initiative_key,
        states.project_key,
        states.labels,
        coalesce(rules.value_stream_id, 'NONE') as value_stream_id,
        coalesce(rules.component_id, 'NONE') as component_id,
        items.url,
        states.history,
        items.is_deleted,
        items.created_at,
        items.resolved_at
    from {{ ref('inp_work_items') }} as items
    cross join run_month
    left join {{ ref('int_items__states') }} as states
        on
            items.work_item_key = states.work_item_key
            and run_month.last_date between states.from_date and states.to_date
    left join {{ ref('int_items__lineages') }} as lineages
        on
            items.work_item_key = lineages.work_item_key
            and run_month.last_date between lineages.from_date and lineages.to_date
    left join {{ ref('int_items__state_days') }} as statuses
        on
            items.work_item_key = statuses.work_item_key
            and statuses.field = 'status'
            and run_month.last_date between statuses.from_date and statuses.to_date
    left join {{ ref('int_items__streams') }} as streams
        on
            items.work_item_key = streams.work_item_key
            and run_month.last_date between streams.from_date and streams.to_date
    left join {{ source('company', 'stream_rules') }} as rules
        on {{ ranked_rule_order('streams.rule_rank') }} = rules.rule_order
)

select * from final
