-- Every event that an outcome counts, with its team and time: what goes above the line and what below.
with changes as (
    select
        marked.team,
        marked.merged_at,
        marked.is_by_a_person,
        marked.is_agent_opened,
        cast(marked.changed_line_count as double) as changed_line_count,
        stages.is_complete,
        cast(stages.coding_minutes as double) / 60 as coding_hours,
        cast(stages.pickup_minutes as double) / 60 as pickup_hours,
        cast(stages.review_minutes as double) / 60 as review_hours,
        cast(stages.merge_minutes as double) / 60 as merge_hours,
        cast(stages.deploy_minutes as double) / 60 as deploy_hours,
        cast(stages.lead_minutes as double) / 60 as lead_hours,
        case when stages.review_count = 0 then 1 else 0 end as is_unreviewed,
        stages.review_count,
        case when reverted.number is not null then 1 else 0 end as is_reverted
    from {{ ref('fct_ai_pull_requests') }} as marked
    inner join {{ ref('fct_pull_requests') }} as stages
        on
            marked.source = stages.source
            and marked.repository = stages.repository
            and marked.number = stages.number
    left join {{ ref('int_ai__reverted') }} as reverted
        on
            marked.source = reverted.source
            and marked.repository = reverted.repository
            and marked.number = reverted.number
    where marked.is_by_a_person or marked.is_agent_opened
),

final as (
    select
        items.team,
        'accepted_items' as outcome,
        items.completed_at as happened_at,
        sizes.item_size as numerator,
        0.0 as denominator
    from {{ ref('int_ai__item_teams') }} as items
    inner join {{ ref('int_ai__item_sizes') }} as sizes
        on items.work_item_key = sizes.work_item_key
    union all
    select
        team,
        'accepted_items_counted',
        completed_at,
        1.0,
        0.0
    from {{ ref('int_ai__item_teams') }}
    where is_finished and not is_by_agent
    union all
    select
        team,
        'bugs_per_100_items',
        created_at,
        100.0,
        0.0
    from {{ ref('int_ai__item_teams') }}
    where flow_type = 'defect'
    union all
    select
        team,
        'bugs_per_100_items',
        completed_at,
        0.0,
        1.0
    from {{ ref('int_ai__item_teams') }}
    where is_finished and not is_by_agent
    union all
    select
        team,
        'merged_pull_requests',
        merged_at,
        1.0,
        0.0
    from changes
    where is_by_a_person
    union all
    select
        team,
        'merged_pull_requests_with_agents',
        merged_at,
        1.0,
        0.0
    from changes
    {% for stage in ['coding', 'pickup', 'review', 'merge', 'deploy', 'lead'] -%}
        union all
        select
            team,
            '{{ stage }}_hours',
            merged_at,
            {{ stage }}_hours,
            1.0
        from changes
        where is_by_a_person and is_complete
    {% endfor -%}
    union all
    select
        team,
        'changed_lines',
        merged_at,
        changed_line_count,
        1.0
    from changes
    where is_by_a_person and changed_line_count is not null
    union all
    select
        team,
        'unreviewed_ratio',
        merged_at,
        is_unreviewed,
        1.0
    from changes
    where is_by_a_person
    union all
    select
        team,
        'reviews',
        merged_at,
        review_count,
        0.0
    from changes
    union all
    select
        team,
        'revert_ratio',
        merged_at,
        is_reverted,
        1.0
    from changes
    where is_by_a_person
    union all
    select
        team,
        'change_fail_ratio',
        finished_at,
        case when is_failed then 1.0 else 0.0 end,
        1.0
    from {{ ref('int_ai__deployment_teams') }}
    union all
    select
        team,
        'recovery_hours',
        finished_at,
        cast(recovery_minutes as double) / 60,
        1.0
    from {{ ref('int_ai__deployment_teams') }}
    where is_failed and recovery_minutes is not null
    union all
    select
        items.team,
        'flow_efficiency',
        items.completed_at,
        flow.process_hours,
        flow.lead_hours
    from {{ ref('int_ai__item_teams') }} as items
    inner join {{ ref('fct_flow_items') }} as flow
        on items.work_item_key = flow.work_item_key
    where items.is_finished and not items.is_by_agent and flow.is_measured
    union all
    select
        team,
        'rework_ratio',
        finished_at,
        case when is_rework then 1.0 else 0.0 end,
        1.0
    from {{ ref('int_ai__deployment_teams') }}
)

select * from final
