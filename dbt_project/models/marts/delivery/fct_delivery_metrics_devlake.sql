-- Lower medians of a service's pull requests by the month of their deployment, and of all by the month of the merge.
with pulls as (
    select
        'service:' || service as scope,
        deployed_at as counted_at,
        *
    from {{ ref('int_pull_requests__devlake') }}
    where service is not null
    union all
    select
        'repository:' || repository,
        merged_at,
        *
    from {{ ref('int_pull_requests__devlake') }}
),

stages as (
    select 'coding' as stage
    union all
    select 'pickup'
    union all
    select 'review'
    union all
    select 'deploy'
    union all
    select 'cycle'
),

spans as (
    select
        pulls.scope,
        {{ month_key(local_timestamp('pulls.counted_at', 'as_of.timezone')) }} as month_key,
        'pull_request_' || stages.stage || '_time' as metric,
        case stages.stage
            when 'coding' then pulls.coding_minutes
            when 'pickup' then pulls.pickup_minutes
            when 'review' then pulls.review_minutes
            when 'deploy' then pulls.deploy_minutes
            else pulls.cycle_minutes
        end as minutes
    from pulls
    cross join stages
    cross join {{ ref('int_delivery__as_of') }} as as_of
),

cases as (
    select * from spans
    where minutes is not null
),

ranked as (
    select
        *,
        row_number() over (partition by scope, month_key, metric order by minutes) as case_number,
        count(*) over (partition by scope, month_key, metric) as case_count
    from cases
),

final as (
    select
        ranked.scope,
        ranked.month_key,
        ranked.metric,
        cast(ranked.case_count as integer) as case_count,
        ranked.minutes as median_minutes
    from ranked
    inner join {{ source('company', 'months') }} as months
        on ranked.month_key = months.month_key
    where ranked.case_number = {{ integer_divide('ranked.case_count + 1', '2') }}
)

select * from final
