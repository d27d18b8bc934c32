-- Accounts are left out: many records show the same one, and it is counted once.
with final as (
    select
        record_source,
        'work_items' as table_name,
        count(*) as row_count
    from {{ ref('inp_work_items') }}
    group by record_source
    union all
    select
        record_source,
        'work_item_changes' as table_name,
        count(*) as row_count
    from {{ ref('inp_work_item_changes') }}
    group by record_source
    union all
    select
        record_source,
        'worklogs' as table_name,
        count(*) as row_count
    from {{ ref('inp_worklogs') }}
    group by record_source
    union all
    select
        record_source,
        'comments' as table_name,
        count(*) as row_count
    from {{ ref('inp_comments') }}
    group by record_source
    union all
    select
        record_source,
        'pull_requests' as table_name,
        count(*) as row_count
    from {{ ref('inp_pull_requests') }}
    group by record_source
    union all
    select
        record_source,
        'reviews' as table_name,
        count(*) as row_count
    from {{ ref('inp_reviews') }}
    group by record_source
    union all
    select
        record_source,
        'pull_request_commits' as table_name,
        count(*) as row_count
    from {{ ref('inp_pull_request_commits') }}
    group by record_source
    union all
    select
        record_source,
        'commits' as table_name,
        count(*) as row_count
    from {{ ref('inp_commits') }}
    group by record_source
    union all
    select
        record_source,
        'commit_files' as table_name,
        count(*) as row_count
    from {{ ref('inp_commit_files') }}
    group by record_source
    union all
    select
        record_source,
        'tags' as table_name,
        count(*) as row_count
    from {{ ref('inp_tags') }}
    group by record_source
    union all
    select
        record_source,
        'deployments' as table_name,
        count(*) as row_count
    from {{ ref('inp_deployments') }}
    group by record_source
    union all
    select
        record_source,
        'deployment_commits' as table_name,
        count(*) as row_count
    from {{ ref('inp_deployment_commits') }}
    group by record_source
    union all
    select
        record_source,
        'incidents' as table_name,
        count(*) as row_count
    from {{ ref('inp_incidents') }}
    group by record_source
)

select * from final
