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

cases as (
    {%- for stage in ['coding', 'pickup', 'review', 'deploy', 'cycle'] %}
    select
        scope,
        {{ month_key(local_timestamp('counted_at', 'as_of.timezone')) }} as month_key,
        'pull_request_{{ stage }}_time' as metric,
        {{ stage }}_minutes as minutes
    from pulls
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where {{ stage }}_minutes is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
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
