-- Merged pull requests of thirteen months by what proves that AI took part, and whether a person reviewed them.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select
        marked.month_key,
        cast(sum(case when marked.evidence_class <> 'automation_not_ai' then 1 else 0 end) as integer) as merged_count,
        cast(sum(case when marked.evidence_class in ('ai_assisted', 'ai_agent_authored') then 1 else 0 end) as integer)
            as marked_count,
        cast(sum(case when marked.is_agent_opened then 1 else 0 end) as integer) as agent_count,
        cast(sum(case when marked.evidence_class = 'automation_not_ai' then 1 else 0 end) as integer) as bot_count,
        cast(sum(case
            when marked.evidence_class in ('ai_assisted', 'ai_agent_authored') and pulls.review_count > 0 then 1
            else 0
        end) as integer) as reviewed_marked_count
    from {{ ref('fct_ai_pull_requests') }} as marked
    inner join {{ ref('fct_pull_requests') }} as pulls
        on
            marked.source = pulls.source
            and marked.repository = pulls.repository
            and marked.number = pulls.number
    inner join {{ ref('dim_months') }} as months
        on marked.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    group by marked.month_key
)

select * from final
