{% set stages = ['coding', 'pickup', 'review', 'deploy', 'cycle'] -%}
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

months_of_pulls as (
    select
        pulls.scope,
        {{ month_key(local_timestamp('pulls.counted_at', 'as_of.timezone')) }} as month_key,
    {%- for stage in stages %}
        pulls.{{ stage }}_minutes{{ ',' if not loop.last }}
    {%- endfor %}
    from pulls
    cross join {{ ref('int_delivery__as_of') }} as as_of
),

medians as (
    select
        scope,
        month_key,
    {%- for stage in stages %}
        count({{ stage }}_minutes) as {{ stage }}_count,
        {{ lower_median_of(stage ~ '_minutes') }} as {{ stage }}_median{{ ',' if not loop.last }}
    {%- endfor %}
    from months_of_pulls
    group by scope, month_key
),

metrics as (
    {%- for stage in stages %}
        select
            scope,
            month_key,
            'pull_request_{{ stage }}_time' as metric,
            {{ stage }}_count as case_count,
            {{ stage }}_median as median_minutes
        from medians
        where {{ stage }}_count > 0
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        metrics.scope,
        metrics.month_key,
        metrics.metric,
        cast(metrics.case_count as integer) as case_count,
        metrics.median_minutes
    from metrics
    inner join {{ source('company', 'months') }} as months
        on metrics.month_key = months.month_key
)

select * from final
