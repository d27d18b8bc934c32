-- Rules on the repositories in which an item was built, from its first artefact on: nothing later re-decides.
with built as (
    select
        linked.work_item_key,
        commits.repository,
        commits.sha,
        cast(commits.authored_at as date) as built_date
    from {{ ref('int_code__linked') }} as linked
    inner join {{ ref('inp_commits') }} as commits
        on linked.artefact_kind = 'commit' and linked.artefact_id = commits.sha
    cross join {{ source('company', 'settings') }} as settings
    where commits.authored_at <= coalesce(settings.as_of_at, commits.authored_at)
    union all
    select
        linked.work_item_key,
        pulls.repository,
        null,
        cast(pulls.created_at as date)
    from {{ ref('int_code__linked') }} as linked
    inner join {{ ref('inp_pull_requests') }} as pulls
        on
            linked.artefact_kind = 'pull'
            and linked.artefact_id = pulls.repository || '#' || cast(pulls.number as varchar)
    union all
    select
        work_item_key,
        project_key,
        null,
        cast('0001-01-01' as date)
    from {{ ref('inp_work_items') }}
    where project_key like '%/%'
),

matches as (
    select
        built.work_item_key,
        rules.rule_order,
        rules.valid_from,
        rules.valid_to,
        built.built_date
    from built
    inner join {{ ref('int_code__repository_rules') }} as rules
        on built.repository = rules.repository and rules.path is null
    union all
    select
        built.work_item_key,
        rules.rule_order,
        rules.valid_from,
        rules.valid_to,
        built.built_date
    from built
    inner join {{ ref('int_code__commit_rules') }} as rules
        on built.sha = rules.sha
),

firsts as (
    select
        work_item_key,
        rule_order,
        valid_from,
        valid_to,
        min(built_date) as built_date
    from matches
    group by work_item_key, rule_order, valid_from, valid_to
),

final as (
    select
        work_item_key,
        rule_order,
        greatest(built_date, valid_from) as from_date,
        valid_to as to_date
    from firsts
    where built_date <= valid_to
)

select * from final
