{% set lead_quantiles = {'p50': 0.5, 'p85': 0.85, 'p95': 0.95} -%}
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
        months.month_key,
        row_number() over (order by scopes.scope, months.month_key) as scope_month_number
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
        scope_months.scope_month_number,
        max(weekdays.day_count) as day_count,
        sum(case when deployments.status = 'success' then 1 else 0 end) as success_count,
        sum(case when deployments.is_failed then 1 else 0 end) as failed_count,
        sum(case when deployments.is_rework then 1 else 0 end) as rework_count
    from scope_months
    inner join weekdays
        on scope_months.month_key = weekdays.month_key
    left join deployments
        on scope_months.scope = deployments.scope and scope_months.month_key = deployments.month_key
    group by scope_months.scope, scope_months.month_key, scope_months.scope_month_number
),

counted_deployments as (
    select
        scope_months.scope_month_number,
        deployments.source,
        deployments.deployment_id,
        deployments.finished_at,
        deployments.recovered_at
    from deployments
    inner join scope_months
        on deployments.scope = scope_months.scope and deployments.month_key = scope_months.month_key
),

shipped as (
    select
        deployments.scope_month_number,
        commits.is_measurable,
        {{ hours_of('commits.lead_microseconds') }} as value
    from counted_deployments as deployments
    inner join {{ ref('int_commits__deployed') }} as commits
        on deployments.source = commits.deployment_source and deployments.deployment_id = commits.deployment_id
),

shipped_counts as (
    select
        scope_month_number,
        count(*) as case_count
    from shipped
    group by scope_month_number
),

lead_times as (
    select
        scope_month_number,
        value
    from shipped
    where is_measurable
),

recoveries as (
    select
        scope_month_number,
        {{ hours_of(microseconds_between('finished_at', 'recovered_at')) }} as value
    from counted_deployments
    where recovered_at is not null
),

lead_quantiles as (
    {{ quantiles_with_intervals('lead_times', 'scope_month_number', lead_quantiles) }}
),

recovery_quantiles as (
    {{ quantiles_with_intervals('recoveries', 'scope_month_number', {'p50': 0.5}) }}
),

measures as (
    {%- for quantile in lead_quantiles %}
        select
            counted.scope,
            counted.month_key,
            'change_lead_time_{{ quantile }}' as metric,
            cast(coalesce(times.case_count, 0) as double) as numerator,
            cast(coalesce(shipped_counts.case_count, 0) as double) as denominator,
            times.value,
            'hours' as unit,
            times.low,
            times.high,
            0 as follow_up_days
        from counted
        left join lead_quantiles as times
            on counted.scope_month_number = times.scope_month_number and times.quantile_name = '{{ quantile }}'
        left join shipped_counts
            on counted.scope_month_number = shipped_counts.scope_month_number
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
    left join recovery_quantiles as times
        on counted.scope_month_number = times.scope_month_number
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
