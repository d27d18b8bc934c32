-- The team of an item: of the person it was assigned to last, else of most finished items of its project.
with accounts as (
    select
        items.work_item_key,
        items.project_key,
        items.created_at,
        cast(items.estimate_points as double) as estimate_points,
        cast(items.estimate_seconds as double) as estimate_seconds,
        flow.completed_at,
        flow.flow_type,
        flow.is_finished,
        coalesce(flow.completed_at, items.created_at) as judged_at,
        accounts.person_id,
        accounts.actor_kind
    from {{ ref('inp_work_items') }} as items
    inner join {{ ref('int_flow__items') }} as flow
        on items.work_item_key = flow.work_item_key
    left join {{ ref('int_accounts__resolved') }} as accounts
        on
            items.source = accounts.source
            and {{ account_key('items.assignee') }} = accounts.account_key
            and cast(coalesce(flow.completed_at, items.created_at) as date)
            between accounts.valid_from and accounts.valid_to
),

assigned as (
    select
        accounts.work_item_key,
        min(accounts.project_key) as project_key,
        min(accounts.created_at) as created_at,
        max(accounts.estimate_points) as estimate_points,
        max(accounts.estimate_seconds) as estimate_seconds,
        min(accounts.completed_at) as completed_at,
        min(accounts.flow_type) as flow_type,
        max(case when accounts.is_finished then 1 else 0 end) = 1 as is_finished,
        min(people.team) as team,
        max(case when people.worker_type = 'agent' or accounts.actor_kind in ('agent', 'bot') then 1 else 0 end) = 1
            as is_by_agent
    from accounts
    left join {{ source('company', 'people') }} as people
        on
            accounts.person_id = people.person_id
            and cast(accounts.judged_at as date) between people.start_date
            and coalesce(people.end_date, cast('9999-12-31' as date))
    group by accounts.work_item_key
),

projects as (
    select
        project_key,
        team,
        row_number() over (partition by project_key order by count(*) desc, team asc) as team_rank
    from assigned
    where team is not null and is_finished
    group by project_key, team
),

final as (
    select
        assigned.work_item_key,
        coalesce(assigned.team, projects.team, 'NONE') as team,
        assigned.flow_type,
        assigned.is_finished,
        assigned.is_by_agent,
        assigned.estimate_points,
        assigned.estimate_seconds,
        assigned.created_at,
        assigned.completed_at
    from assigned
    left join projects
        on assigned.project_key = projects.project_key and projects.team_rank = 1
)

select * from final
