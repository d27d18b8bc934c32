-- Merged pull requests per repository and month over thirteen months; `all` is every repository together.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

sized as (
    select
        staged.*,
        pulls.additions + pulls.deletions as changed_lines
    from {{ ref('fct_pull_requests') }} as staged
    inner join {{ ref('inp_pull_requests') }} as pulls
        on
            staged.source = pulls.source
            and staged.repository = pulls.repository
            and staged.number = pulls.number
),

scoped as (
    select
        repository as scope,
        *
    from sized
    union all
    select
        'all',
        *
    from sized
),

final as (
    select
        scoped.scope,
        scoped.month_key,
        months.is_run_month,
        cast(count(*) as integer) as pull_count,
        cast(sum(case when scoped.review_count > 0 then 1 else 0 end) as integer) as reviewed_count,
        cast(sum(case when scoped.review_count = 0 then 1 else 0 end) as integer) as unreviewed_count,
        cast(sum(scoped.changes_requested_count) as integer) as changes_requested_count,
        cast(sum(case when scoped.lead_minutes is not null then 1 else 0 end) as integer) as measured_count,
        cast(sum(scoped.raised_count) as integer) as raised_count,
        {{ quantile_of('scoped.changed_lines', 0.5) }} as changed_lines_p50,
        {%- for stage in ['coding', 'pickup', 'review', 'merge', 'deploy', 'lead'] %}
            {{ quantile_of('cast(scoped.' ~ stage ~ '_minutes as double)', 0.5) }} / 60 as {{ stage }}_hours_p50,
            {{ quantile_of('cast(scoped.' ~ stage ~ '_minutes as double)', 0.85) }} / 60 as {{ stage }}_hours_p85,
        {%- endfor %}
        {{ quantile_of('scoped.changed_lines', 0.85) }} as changed_lines_p85
    from scoped
    inner join {{ ref('dim_months') }} as months
        on scoped.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    group by scoped.scope, scoped.month_key, months.is_run_month
)

select * from final
