-- DORA's five per service, team and value stream; a month without deployments has a frequency of zero and no rates.
with deployments as (
    select
        'service:' || judged.service as scope,
        judged.*
    from {{ ref('int_deployments__judged') }} as judged
    union all
    select
        'value_stream:' || streams.value_stream_id,
        judged.*
    from {{ ref('int_deployments__judged') }} as judged
    inner join {{ ref('int_services__streams') }} as streams
        on judged.service = streams.service
    union all
    select
        'team:' || teams.team,
        judged.*
    from {{ ref('int_deployments__judged') }} as judged
    inner join {{ ref('int_services__teams') }} as teams
        on judged.service = teams.service
),

scope_months as (
    select
        scopes.scope,
        months.month_key
    from (select
        scope,
        min(month_key) as first_month_key
    from deployments
    group by scope) as scopes
    inner join {{ source('company', 'months') }} as months
        on scopes.first_month_key <= months.month_key
),

weekdays as (
    select
        {{ month_key('local_date') }} as month_key,
        count(distinct local_date) as day_count
    from {{ ref('int_calendars__local_days') }}
    where {{ iso_weekday('local_date') }} <= 5
    group by {{ month_key('local_date') }}
),

counted as (
    select
        scope_months.scope,
        scope_months.month_key,
        max(weekdays.day_count) as day_count,
        sum(case when deployments.status = 'success' then 1 else 0 end) as success_count,
        sum(case when deployments.is_failed then 1 else 0 end) as failed_count,
        sum(case when deployments.is_rework then 1 else 0 end) as rework_count
    from scope_months
    inner join weekdays
        on scope_months.month_key = weekdays.month_key
    left join deployments
        on scope_months.scope = deployments.scope and scope_months.month_key = deployments.month_key
    group by scope_months.scope, scope_months.month_key
),

shipped as (
    select
        deployments.scope,
        deployments.month_key,
        count(*) as case_count
    from deployments
    inner join {{ ref('int_commits__deployed') }} as commits
        on deployments.source = commits.deployment_source and deployments.deployment_id = commits.deployment_id
    group by deployments.scope, deployments.month_key
),

lead_times as (
    select
        deployments.scope,
        deployments.month_key,
        {{ hours_of('commits.lead_microseconds') }} as value
    from deployments
    inner join {{ ref('int_commits__deployed') }} as commits
        on deployments.source = commits.deployment_source and deployments.deployment_id = commits.deployment_id
    where commits.is_measurable
),

recoveries as (
    select
        scope,
        month_key,
        {{ hours_of(microseconds_between('finished_at', 'recovered_at')) }} as value
    from deployments
    where recovered_at is not null
),

lead_p50 as (
    {{ quantile_with_interval('lead_times', ['scope', 'month_key'], 0.5) }}
),

lead_p85 as (
    {{ quantile_with_interval('lead_times', ['scope', 'month_key'], 0.85) }}
),

lead_p95 as (
    {{ quantile_with_interval('lead_times', ['scope', 'month_key'], 0.95) }}
),

recovery_p50 as (
    {{ quantile_with_interval('recoveries', ['scope', 'month_key'], 0.5) }}
),

measures as (
    {%- for quantile in ['p50', 'p85', 'p95'] %}
        select
            counted.scope,
            counted.month_key,
            'change_lead_time_{{ quantile }}' as metric,
            cast(coalesce(times.case_count, 0) as double) as numerator,
            cast(coalesce(shipped.case_count, 0) as double) as denominator,
            times.value,
            'hours' as unit,
            times.low,
            times.high,
            0 as follow_up_days
        from counted
        left join lead_{{ quantile }} as times
            on counted.scope = times.scope and counted.month_key = times.month_key
        left join shipped
            on counted.scope = shipped.scope and counted.month_key = shipped.month_key
        union all
    {%- endfor %}
    select
        scope,
        month_key,
        'deployment_frequency',
        success_count,
        day_count,
        cast(success_count as double) / day_count,
        'per weekday',
        {{ count_low('success_count') }} / day_count,
        {{ count_high('success_count') }} / day_count,
        0
    from counted
    union all
    select
        counted.scope,
        counted.month_key,
        'failed_deployment_recovery_p50',
        coalesce(times.case_count, 0),
        counted.failed_count,
        times.value,
        'hours',
        times.low,
        times.high,
        7
    from counted
    left join recovery_p50 as times
        on counted.scope = times.scope and counted.month_key = times.month_key
    {%- for metric, hits in [('change_fail_rate', 'failed_count'), ('deployment_rework_rate', 'rework_count')] %}
        union all
        select
            scope,
            month_key,
            '{{ metric }}',
            {{ hits }},
            success_count,
            cast({{ hits }} as double) / nullif(success_count, 0),
            'ratio',
            {{ wilson_bound(hits, 'success_count', -1) }},
            {{ wilson_bound(hits, 'success_count', 1) }},
            7
        from counted
    {%- endfor %}
),

final as (
    select
        scope,
        month_key,
        metric,
        'all' as flow_type,
        unit,
        numerator,
        denominator,
        value,
        low,
        high,
        follow_up_days
    from measures
)

select * from final
