-- Lead time of changes and recovery over thirteen months, all services together: a commit counts once, where it first
-- reached users. Figures to compare a company with itself; services are judged one by one.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

commits as (
    select
        month_key,
        is_measurable,
        {{ hours_of('lead_microseconds') }} as lead_hours,
        row_number() over (partition by sha order by finished_at, service) as choice
    from {{ ref('int_commits__deployed') }}
),

leads as (
    select
        month_key,
        count(*) as commit_count,
        {{ quantile_of('lead_hours', 0.5) }} as lead_hours_p50,
        {{ quantile_of('lead_hours', 0.85) }} as lead_hours_p85
    from commits
    where choice = 1 and is_measurable
    group by month_key
),

recoveries as (
    select
        month_key,
        count(*) as recovered_count,
        {{ quantile_of(hours_of(microseconds_between('finished_at', 'recovered_at')), 0.5) }} as recovery_hours_p50
    from {{ ref('fct_deployments') }}
    where recovered_at is not null
    group by month_key
),

final as (
    select
        months.month_key,
        cast(coalesce(leads.commit_count, 0) as integer) as commit_count,
        cast(coalesce(recoveries.recovered_count, 0) as integer) as recovered_count,
        cast(leads.lead_hours_p50 as double) as lead_hours_p50,
        cast(leads.lead_hours_p85 as double) as lead_hours_p85,
        cast(recoveries.recovery_hours_p50 as double) as recovery_hours_p50
    from {{ ref('dim_months') }} as months
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    left join leads
        on months.month_key = leads.month_key
    left join recoveries
        on months.month_key = recoveries.month_key
)

select * from final
