-- Who has time that no evidence of their own explains, how much it cost, and what is missing.
with run_month as (
    select
        month_key,
        first_date,
        last_date
    from {{ ref('dim_months') }}
    where is_run_month
),

worked as (
    select
        effort.person_id,
        max(effort.team) as team,
        max(effort.role_class) as role_class,
        sum(effort.minutes) as worked_minutes,
        sum(case when effort.evidence_tier = 'T5' then effort.minutes else 0 end) as team_mix_minutes,
        sum(case when effort.evidence_tier = 'T6' then effort.minutes else 0 end) as unattributed_minutes,
        count(distinct case when effort.evidence_tier in ('T5', 'T6') then effort.work_date end) as day_count
    from {{ ref('fct_effort_days') }} as effort
    inner join run_month
        on effort.month_key = run_month.month_key
    where effort.evidence_tier <> 'L'
    group by effort.person_id
),

costs as (
    select
        costs.person_id,
        sum(costs.reporting_amount) as amount
    from {{ ref('fct_capitalization') }} as costs
    inner join run_month
        on costs.month_key = run_month.month_key
    where costs.evidence_tier in ('T5', 'T6')
    group by costs.person_id
),

accounts as (
    select distinct person_id
    from {{ ref('int_accounts__resolved') }}
    where person_id is not null
),

acts as (
    select
        acted.person_id,
        count(*) as act_count
    from {{ ref('int_evidence__acted') }} as acted
    inner join run_month
        on acted.work_date between run_month.first_date and run_month.last_date
    group by acted.person_id
),

final as (
    select
        {{ person_key('worked.person_id', 'persons.display_name') }} as person_id,
        worked.team,
        worked.role_class,
        case
            when accounts.person_id is null then 'no account of a source is this person''s'
            when acts.person_id is null then 'accounts, but no act of theirs in the month'
            else 'acts on other days only, and no open item'
        end as reason,
        case
            when accounts.person_id is null then 'add to identities, or declare an allocation'
            when acts.person_id is null then 'declare an allocation, or log time'
            else 'move tickets when work begins and ends'
        end as remedy,
        cast(worked.worked_minutes as bigint) as worked_minutes,
        cast(worked.team_mix_minutes as bigint) as team_mix_minutes,
        cast(worked.unattributed_minutes as bigint) as unattributed_minutes,
        cast(worked.day_count as integer) as day_count,
        cast(coalesce(acts.act_count, 0) as integer) as act_count,
        cast(coalesce(costs.amount, 0) as decimal(18, 2)) as amount
    from worked
    left join costs
        on worked.person_id = costs.person_id
    left join accounts
        on worked.person_id = accounts.person_id
    left join acts
        on worked.person_id = acts.person_id
    left join {{ ref('dim_persons') }} as persons
        on worked.person_id = persons.person_id
    where worked.team_mix_minutes + worked.unattributed_minutes > 0
)

select * from final
