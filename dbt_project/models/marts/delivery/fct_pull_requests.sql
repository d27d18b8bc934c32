-- The person is whose account it was on the day of the merge.
with authors as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        min(accounts.person_id) as person_id
    from {{ ref('int_pull_requests__staged') }} as pulls
    inner join {{ ref('int_accounts__resolved') }} as accounts
        on
            pulls.source = accounts.source
            and pulls.author_key = accounts.account_key
            and cast(pulls.merged_at as date) between accounts.valid_from and accounts.valid_to
    group by pulls.source, pulls.repository, pulls.number
),

final as (
    select
        pulls.source,
        pulls.repository,
        pulls.number,
        coalesce(authors.person_id, 'NONE') as author_id,
        {{ month_key(local_timestamp('pulls.merged_at', 'as_of.timezone')) }} as month_key,
        pulls.deployment_source,
        pulls.deployment_id,
        pulls.deploy_state,
        pulls.coding_minutes,
        pulls.pickup_minutes,
        pulls.review_minutes,
        pulls.merge_minutes,
        pulls.deploy_minutes,
        pulls.lead_minutes,
        cast(pulls.commit_count as integer) as commit_count,
        cast(pulls.review_count as integer) as review_count,
        cast(pulls.changes_requested_count as integer) as changes_requested_count,
        pulls.raised_count,
        pulls.coding_minutes + pulls.pickup_minutes + pulls.review_minutes + pulls.merge_minutes
        + pulls.deploy_minutes is not null as is_complete,
        pulls.has_early_deployment,
        pulls.first_authored_at,
        pulls.ready_at,
        pulls.first_review_at,
        pulls.approved_at,
        pulls.merged_at,
        pulls.deployed_at
    from {{ ref('int_pull_requests__staged') }} as pulls
    cross join {{ ref('int_delivery__as_of') }} as as_of
    left join authors
        on
            pulls.source = authors.source
            and pulls.repository = authors.repository
            and pulls.number = authors.number
)

select * from final
