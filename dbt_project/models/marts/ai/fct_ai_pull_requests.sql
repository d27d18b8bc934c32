-- What proves that AI took part in a merged pull request; no mark proves nothing, so that shares are lower bounds.
with marked as (
    select
        source,
        repository,
        number,
        count(distinct rule_id) as mark_count,
        min(case when place = 'account' then tool end) as opening_tool,
        min(case when confidence = 'high' then tool end) as strong_tool,
        min(tool) as weak_tool,
        min(case when confidence = 'high' then rule_id end) as strong_rule_id,
        min(rule_id) as weak_rule_id,
        max(case when confidence = 'high' then 1 else 0 end) as has_strong,
        count(distinct case when confidence = 'medium' then place end) as weak_place_count
    from {{ ref('int_ai__pull_marks') }}
    group by source, repository, number
),

actors as (
    select
        source,
        account_key,
        min(actor_kind) as actor_kind
    from {{ ref('int_accounts__resolved') }}
    group by source, account_key
),

placed as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        pulls.author_id,
        pulls.month_key,
        pulls.merged_at,
        people.team as author_team,
        people.worker_type,
        given.title,
        given.merge_commit_sha,
        given.additions,
        given.deletions,
        coalesce(actors.actor_kind, 'human') as actor_kind
    from {{ ref('fct_pull_requests') }} as pulls
    inner join {{ ref('inp_pull_requests') }} as given
        on
            pulls.source = given.source
            and pulls.repository = given.repository
            and pulls.number = given.number
    left join {{ source('company', 'people') }} as people
        on
            pulls.author_id = people.person_id
            and cast(pulls.merged_at as date) between people.start_date
            and coalesce(people.end_date, cast('9999-12-31' as date))
    left join actors
        on given.source = actors.source and {{ account_key('given.author') }} = actors.account_key
),

judged as (
    select
        placed.*,
        marked.mark_count,
        marked.strong_tool,
        marked.weak_tool,
        marked.opening_tool,
        marked.strong_rule_id,
        marked.weak_rule_id,
        coalesce(marked.has_strong, 0) = 1 as has_strong,
        coalesce(marked.weak_place_count, 0) >= 2 as has_weak_pair,
        marked.opening_tool is not null or placed.actor_kind = 'agent' or coalesce(placed.worker_type, '') = 'agent'
            as is_agent_opened
    from placed
    left join marked
        on
            placed.source = marked.source
            and placed.repository = marked.repository
            and placed.number = marked.number
),

final as (
    select
        judged.source,
        judged.repository,
        judged.number,
        judged.month_key,
        coalesce(judged.author_team, teams.team, 'NONE') as team,
        judged.author_id,
        case
            when judged.is_agent_opened then 'ai_agent_authored'
            when judged.actor_kind = 'bot' then 'automation_not_ai'
            when judged.has_strong or judged.has_weak_pair then 'ai_assisted'
            else 'none'
        end as evidence_class,
        coalesce(judged.opening_tool, judged.strong_tool, case when judged.has_weak_pair then judged.weak_tool end)
            as tool,
        coalesce(judged.strong_rule_id, case when judged.has_weak_pair then judged.weak_rule_id end) as rule_id,
        cast(coalesce(judged.mark_count, 0) as integer) as mark_count,
        cast(judged.additions + judged.deletions as bigint) as changed_line_count,
        judged.is_agent_opened,
        judged.author_team is not null and not judged.is_agent_opened and judged.actor_kind = 'human'
            as is_by_a_person,
        judged.merged_at
    from judged
    left join {{ ref('int_ai__repository_teams') }} as teams
        on judged.repository = teams.repository
)

select * from final
