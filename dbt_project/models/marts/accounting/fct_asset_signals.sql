-- What speaks for an impairment, an abandonment or another life, one row an asset that is still carried.
with run_month as (
    select
        month_key,
        last_date
    from {{ ref('dim_months') }}
    where is_run_month
),

-- The one date is asked for where rows are chosen: joined by it, every row is sorted first.
deployed as (
    select
        sha,
        cast(finished_at as date) as deployment_date
    from {{ ref('int_commits__deployed') }}
    where cast(finished_at as date) <= (select run_month.last_date from run_month)
),

coded as (
    select
        items.component_id,
        max(cast(commits.authored_at as date)) as last_commit_date,
        max(deployed.deployment_date) as last_deployment_date
    from {{ ref('int_code__linked') }} as linked
    inner join {{ ref('dim_work_items') }} as items on linked.work_item_key = items.work_item_key
    inner join {{ ref('inp_commits') }} as commits on linked.artefact_id = commits.sha
    left join deployed on commits.sha = deployed.sha
    where
        linked.artefact_kind = 'commit'
        and cast(commits.authored_at as date) <= (select run_month.last_date from run_month)
    group by items.component_id
),

worked as (
    select
        effort.component_id,
        max(case when effort.evidence_tier in ('T0', 'T1', 'T1b') then effort.work_date end) as last_work_date
    from {{ ref('fct_effort_days') }} as effort
    where effort.minutes > 0 and effort.work_date <= (select run_month.last_date from run_month)
    group by effort.component_id
),

removed as (
    select
        component_id,
        max(to_date) as last_removal_date
    from {{ ref('fct_capitalization') }}
    where activity = 'removal'
    group by component_id
),

epics as (
    select distinct epic_key
    from {{ ref('dim_work_items') }}
    where epic_key is not null
),

planned as (
    select
        items.component_id,
        cast(count(*) as integer) as epic_count,
        cast(sum(case when statuses.workflow_kind = 'cancelled' then 1 else 0 end) as integer) as cancelled_epic_count
    from {{ ref('dim_work_items') }} as items
    left join epics on items.work_item_key = epics.epic_key
    left join {{ ref('int_statuses__classified') }} as statuses
        on items.project_key = statuses.project_key and {{ status_key('items.status') }} = statuses.status_key
    where not items.is_deleted and (epics.epic_key is not null or lower(items.item_type) = 'epic')
    group by items.component_id
),

gated as (
    select
        gates.component_id,
        max(case
            when gates.gate = 'suspended' and gates.effective_date <= run_month.last_date then gates.effective_date
        end) as suspended_date,
        max(case
            when gates.gate = 'resumed' and gates.effective_date <= run_month.last_date then gates.effective_date
        end) as resumed_date,
        min(case
            when gates.gate in ('abandoned', 'disposed') and gates.effective_date > run_month.last_date
                then gates.effective_date
        end) as planned_end_date
    from {{ ref('int_gates__counted') }} as gates
    cross join run_month
    group by gates.component_id
),

concluded as (
    select
        events.component_id,
        max(events.event || ' ' || events.event_id) as conclusion,
        max(events.approved_by) as conclusion_approved_by
    from {{ source('company', 'asset_events') }} as events
    inner join run_month on {{ month_key('events.effective_date') }} = run_month.month_key
    where events.event in ('impairment', 'life_change', 'net_realizable', 'disposal')
    group by events.component_id
),

carried as (
    select
        assets.*,
        run_month.last_date,
        policies.inactive_days,
        components.budget as budget_amount,
        coded.last_commit_date,
        coded.last_deployment_date,
        greatest(coded.last_commit_date, coded.last_deployment_date, worked.last_work_date) as last_activity_date,
        case
            when gated.suspended_date > coalesce(gated.resumed_date, cast('1900-01-01' as date))
                then gated.suspended_date
        end as suspended_date,
        gated.planned_end_date,
        removed.last_removal_date,
        coalesce(planned.epic_count, 0) as epic_count,
        coalesce(planned.cancelled_epic_count, 0) as cancelled_epic_count,
        concluded.conclusion,
        concluded.conclusion_approved_by
    from {{ ref('fct_assets') }} as assets
    cross join run_month
    left join {{ source('company', 'policies') }} as policies on assets.policy_id = policies.policy_id
    left join {{ source('company', 'components') }} as components on assets.component_id = components.component_id
    left join coded on assets.component_id = coded.component_id
    left join worked on assets.component_id = worked.component_id
    left join removed on assets.component_id = removed.component_id
    left join planned on assets.component_id = planned.component_id
    left join gated on assets.component_id = gated.component_id
    left join concluded on assets.component_id = concluded.component_id
    where assets.cip_amount <> 0 or assets.net_book_value_amount <> 0
),

measured as (
    select
        *,
        cast({{ dbt.datediff('last_activity_date', 'last_date', 'day') }} as integer) as idle_days,
        cast({{ dbt.datediff('suspended_date', 'last_date', 'day') }} as integer) as suspended_days,
        cast(cost_amount + cip_amount as decimal(18, 2)) as cost_to_date_amount
    from carried
),

flagged as (
    select
        *,
        cancelled_epic_count > 0 as is_cancelled,
        coalesce(suspended_days, 0) > inactive_days as is_suspended,
        coalesce(idle_days > inactive_days, true) as is_idle,
        coalesce(cost_to_date_amount > budget_amount, false) as is_over_budget,
        coalesce({{ dbt.datediff('last_removal_date', 'last_date', 'day') }} <= inactive_days, false)
            as is_being_removed,
        planned_end_date is not null as is_end_planned
    from measured
),

final as (
    select
        component_id,
        entity,
        component_name,
        value_stream_id,
        asset_class,
        status,
        policy_id,
        currency_code,
        conclusion,
        conclusion_approved_by,
        cip_amount,
        net_book_value_amount,
        cost_to_date_amount,
        cast(budget_amount as decimal(18, 2)) as budget_amount,
        cast(coalesce(inactive_days, 90) as integer) as inactive_days,
        idle_days,
        suspended_days,
        epic_count,
        cancelled_epic_count,
        cast(
            {%- for flag in [
                'is_cancelled', 'is_suspended', 'is_idle', 'is_over_budget', 'is_being_removed', 'is_end_planned',
            ] %}
                case when {{ flag }} then 1 else 0 end{{ ' +' if not loop.last }}
            {%- endfor %}
            as integer
        ) as signal_count,
        is_cancelled,
        is_suspended,
        is_idle,
        is_over_budget,
        is_being_removed,
        is_end_planned,
        last_commit_date,
        last_deployment_date,
        last_activity_date,
        suspended_date,
        planned_end_date
    from flagged
)

select * from final
