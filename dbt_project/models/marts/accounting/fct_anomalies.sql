-- What an auditor would ask about the run month: each case with the amount at stake in reporting currency.
with run_month as (
    select
        month_index,
        month_key,
        first_date,
        last_date,
        cast({{ dbt.dateadd('day', -5, 'last_date') }} as timestamp) as watched_from_at,
        cast({{ dbt.dateadd('day', 6, 'last_date') }} as timestamp) as watched_until_at
    from {{ ref('dim_months') }}
    where is_run_month
),

-- Of the months that any rule looks at: a common expression is held as a whole.
costs as (
    select
        costs.work_item_key,
        costs.component_id,
        costs.person_id,
        costs.team,
        costs.activity,
        costs.evidence_tier,
        costs.window_state,
        costs.treatment,
        costs.minutes,
        costs.capex_amount,
        costs.reporting_amount,
        months.month_index,
        months.is_run_month,
        policies.capitalization_rate_alert,
        pay.pay_component is not null as is_capitalisable_pay
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months on costs.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 6 and run_month.month_index
    left join {{ source('company', 'policies') }} as policies on costs.policy_id = policies.policy_id
    left join {{ source('company', 'policy_pay_components') }} as pay
        on costs.policy_id = pay.policy_id and costs.pay_component = pay.pay_component
),

item_costs as (
    select
        work_item_key,
        sum(reporting_amount) as amount
    from costs
    where is_run_month
    group by work_item_key
),

edited as (
    select distinct
        changes.author,
        changes.field,
        cast(changes.changed_at as date) as changed_date,
        changes.work_item_key
    from {{ ref('inp_work_item_changes') }} as changes
    inner join run_month
        on changes.changed_at >= run_month.watched_from_at and changes.changed_at < run_month.watched_until_at
    where
        changes.author is not null
        and changes.field in ('labels', 'item_type', 'parent_key', 'epic_key', 'components')
),

relabelled as (
    select
        'BULK_EDIT' as rule,
        edited.author || ' ' || edited.field || ' ' || cast(edited.changed_date as varchar) as subject,
        'NONE' as component_id,
        'NONE' as person_id,
        cast(count(*) as varchar) || ' items had their ' || edited.field || ' changed by one account on '
        || cast(edited.changed_date as varchar) || ', near the month''s end: ask why' as description,
        sum(coalesce(item_costs.amount, 0)) as amount
    from edited
    left join item_costs on edited.work_item_key = item_costs.work_item_key
    group by edited.author, edited.field, edited.changed_date
    having count(*) >= 10
),

team_months as (
    select
        team,
        month_index,
        is_run_month,
        sum(reporting_amount) as amount,
        sum(case when treatment = 'capex' then reporting_amount else 0 end) as capex_amount,
        max(capitalization_rate_alert) as rate_alert
    from costs
    where team <> 'NONE'
    group by team, month_index, is_run_month
),

team_shares as (
    select
        team_months.team,
        max(case when team_months.is_run_month then team_months.amount end) as amount,
        max(case when team_months.is_run_month then team_months.rate_alert end) as rate_alert,
        cast(max(case when team_months.is_run_month then team_months.capex_amount end) as double)
        / nullif(cast(max(case when team_months.is_run_month then team_months.amount end) as double), 0)
            as share_now,
        cast(sum(case when not team_months.is_run_month then team_months.capex_amount end) as double)
        / nullif(cast(sum(case when not team_months.is_run_month then team_months.amount end) as double), 0)
            as share_before
    from team_months
    group by team_months.team
),

jumped as (
    select
        'SHARE_JUMP' as rule,
        team as subject,
        'NONE' as component_id,
        'NONE' as person_id,
        'Team ' || team || ' capitalises ' || cast(cast(round(100 * share_now) as integer) as varchar) || ' %, '
        || cast(cast(round(100 * share_before) as integer) as varchar)
        || ' % in the six months before: ask what changed' as description,
        abs(share_now - share_before) * cast(amount as double) as amount
    from team_shares
    where abs(share_now - share_before) > cast(rate_alert as double)
),

wholly_capital as (
    select
        'ALL_CAPITAL' as rule,
        person_id as subject,
        'NONE' as component_id,
        person_id,
        'Every minute of the month is capitalised: nobody has no meetings, support or training' as description,
        sum(capex_amount) as amount
    from costs
    where is_run_month and person_id <> 'NONE' and is_capitalisable_pay and minutes > 0 and evidence_tier <> 'L'
    group by person_id
    having sum(case when treatment = 'capex' then minutes else 0 end) = sum(minutes)
),

on_leave as (
    select
        'LEAVE_EVIDENCE' as rule,
        acted.person_id as subject,
        'NONE' as component_id,
        acted.person_id,
        'Evidence on days of leave: ' || cast(count(*) as varchar) || ' on '
        || cast(count(distinct acted.local_date) as varchar) || ' of them, the first on '
        || cast(min(acted.local_date) as varchar) || ': correct time_off or ask who used the account' as description,
        0 as amount
    from {{ ref('int_evidence__acted') }} as acted
    inner join run_month on acted.local_date between run_month.first_date and run_month.last_date
    inner join {{ ref('int_people__days') }} as days
        on acted.person_id = days.person_id and acted.local_date = days.work_date
    where days.leave_minutes > 0 and days.capacity_minutes = 0
    group by acted.person_id
),

outside as (
    select
        'OUTSIDE_WINDOW' as rule,
        costs.component_id as subject,
        costs.component_id,
        'NONE' as person_id,
        'Development outside the capitalisation window of ' || costs.component_id
        || ' was expensed: is a gate missing, or has the work no component of its own?' as description,
        sum(costs.reporting_amount) as amount
    from costs
    where
        costs.is_run_month
        and costs.component_id <> 'NONE'
        and costs.window_state <> 'open'
        and costs.activity in ('development', 'conversion_software')
        and costs.is_capitalisable_pay
        and costs.treatment = 'opex'
    group by costs.component_id
),

gathered as (
    {% for relation in ['relabelled', 'jumped', 'wholly_capital', 'on_leave', 'outside'] -%}
        select
            rule,
            subject,
            component_id,
            person_id,
            description,
            cast(amount as decimal(38, 2)) as amount
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        gathered.rule || ':' || gathered.subject as anomaly_id,
        run_month.month_key,
        gathered.rule,
        gathered.component_id,
        gathered.person_id,
        gathered.description,
        cast(gathered.amount as decimal(18, 2)) as amount
    from gathered
    cross join run_month
    cross join {{ source('company', 'settings') }} as settings
    where gathered.rule in ('BULK_EDIT', 'LEAVE_EVIDENCE') or abs(gathered.amount) > settings.materiality
)

select * from final
