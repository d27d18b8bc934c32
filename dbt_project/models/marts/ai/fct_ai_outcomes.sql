-- Outcomes of a team in a week or month: sums above and below the line, so that they can be added up again.
-- What is counted per developer-week has one for every team that worked; a share has one only where it happened.
with listed as (
    {% for name, follow_up, per_week in [
        ('accepted_items', 14, true), ('accepted_items_counted', 14, true), ('merged_pull_requests', 0, true),
        ('merged_pull_requests_with_agents', 0, true), ('reviews', 0, true), ('coding_hours', 0, false),
        ('pickup_hours', 0, false), ('review_hours', 0, false), ('merge_hours', 0, false), ('deploy_hours', 0, false),
        ('lead_hours', 0, false), ('changed_lines', 0, false), ('unreviewed_ratio', 0, false),
        ('revert_ratio', 30, false), ('change_fail_ratio', 0, false), ('rework_ratio', 0, false),
        ('recovery_hours', 30, false), ('flow_efficiency', 14, false), ('bugs_per_100_items', 14, false),
        ('keep_the_lights_on_ratio', 0, false)
    ] %}
        select
            '{{ name }}' as outcome,
            {{ follow_up }} as follow_up_days,
            {{ 'true' if per_week else 'false' }} as is_per_week
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- Days outside the span of the books, for which no local day is kept, are converted one by one.
dated as (
    select
        events.team,
        events.outcome,
        events.numerator,
        events.denominator,
        case
            when zones.utc_date is null then {{ local_date('events.happened_at', 'settings.timezone') }}
            else {{ zone_date('events.happened_at', 'zones') }}
        end as event_date
    from {{ ref('int_ai__events') }} as events
    cross join {{ source('company', 'settings') }} as settings
    left join {{ ref('int_timezones__days') }} as zones
        on settings.timezone = zones.timezone and cast(events.happened_at as date) = zones.utc_date
),

daily as (
    select
        team,
        outcome,
        event_date,
        {{ order_free_sum('numerator') }} as numerator,
        {{ order_free_sum('denominator') }} as denominator,
        count(*) as case_count
    from dated
    group by team, outcome, event_date
    union all
    select
        team,
        'keep_the_lights_on_ratio',
        work_date,
        cast(kept_minutes as double),
        cast(minutes as double),
        1
    from {{ ref('int_ai__kept_days') }}
),

summed as (
    select
        daily.team,
        daily.outcome,
        periods.period_type,
        periods.period_key,
        {{ order_free_sum('daily.numerator') }} as numerator,
        {{ order_free_sum('daily.denominator') }} as denominator,
        cast(sum(daily.case_count) as integer) as case_count
    from daily
    inner join {{ ref('int_ai__period_days') }} as periods
        on daily.event_date = periods.day_date
    group by daily.team, daily.outcome, periods.period_type, periods.period_key
),

-- A team is there from the first to the last period in which somebody of it worked.
final as (
    select
        worked.team,
        worked.period_type,
        worked.period_key,
        listed.outcome,
        periods.period_number,
        cast(coalesce(summed.case_count, 0) as integer) as case_count,
        cast(listed.follow_up_days as integer) as follow_up_days,
        cast(coalesce(summed.numerator, 0) as double) as numerator,
        cast(case
            when listed.is_per_week then worked.developer_weeks else coalesce(summed.denominator, 0)
        end as double) as denominator,
        cast(coalesce(summed.numerator, 0) as double)
        / nullif(case when listed.is_per_week then worked.developer_weeks else summed.denominator end, 0) as value,
        worked.developer_weeks,
        cast(worked.delivery_minutes as double) / 60 as delivery_hours,
        case listed.follow_up_days
            when 14 then not periods.is_known_after_14
            when 30 then not periods.is_known_after_30
            else not periods.is_known_after_0
        end as is_provisional,
        starts.start_date,
        periods.first_date,
        periods.last_date
    from {{ ref('int_ai__team_time') }} as worked
    cross join listed
    inner join {{ ref('int_ai__periods') }} as periods
        on worked.period_type = periods.period_type and worked.period_key = periods.period_key
    left join summed
        on
            worked.team = summed.team
            and worked.period_type = summed.period_type
            and worked.period_key = summed.period_key
            and listed.outcome = summed.outcome
    left join {{ ref('int_ai__starts') }} as starts
        on worked.team = starts.team
    where worked.developer_weeks > 0
)

select * from final
