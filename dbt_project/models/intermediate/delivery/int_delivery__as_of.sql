-- How far the records reach: the time asked for, else the newest record, else the end of the run month.
-- Commits do not count: their clocks are their authors'.
with newest as (
    select max(updated_at) as record_at from {{ ref('inp_work_items') }}
    union all
    select max(created_at) from {{ ref('inp_work_items') }}
    union all
    select max(changed_at) from {{ ref('inp_work_item_changes') }}
    union all
    select max(greatest(created_at, coalesce(merged_at, created_at), coalesce(closed_at, created_at)))
    from {{ ref('inp_pull_requests') }}
    union all
    select max(submitted_at) from {{ ref('inp_reviews') }}
    union all
    select max(created_at) from {{ ref('inp_comments') }}
    union all
    select max(started_at) from {{ ref('inp_worklogs') }}
    union all
    select max(finished_at) from {{ ref('inp_deployments') }}
    union all
    select max(greatest(created_at, coalesce(resolved_at, created_at))) from {{ ref('inp_incidents') }}
),

run_end as (
    select
        {{ utc_timestamp(
            'cast(' ~ plus_days('max(months.last_date)', 1) ~ ' as timestamp)', 'max(settings.timezone)'
        ) }} as ends_at
    from {{ source('company', 'months') }} as months
    cross join {{ source('company', 'settings') }} as settings
),

final as (
    select
        settings.timezone,
        settings.failure_window_hours,
        coalesce(settings.as_of_at, max(newest.record_at), max(run_end.ends_at)) as as_of_at
    from {{ source('company', 'settings') }} as settings
    cross join run_end
    cross join newest
    group by settings.timezone, settings.failure_window_hours, settings.as_of_at
)

select * from final
