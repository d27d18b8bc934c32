-- What changed about a person's month: the roster, what was declared, what was logged.
with described as (
    select
        month_key,
        person_id,
        entity || '|' || cost_center || '|' || role_class || '|' || worker_type || '|' || team as spell,
        evidence_tier = 'L' as is_leave,
        sum(case when reading = 'closed' then minutes else 0 end) as closed_minutes,
        sum(case when reading = 'today' then minutes else 0 end) as today_minutes
    from {{ ref('int_drift__effort_days') }}
    group by
        month_key, person_id, entity || '|' || cost_center || '|' || role_class || '|' || worker_type || '|' || team,
        evidence_tier = 'L'
),

rosters as (
    select
        month_key,
        person_id,
        sum(abs(closed_minutes - today_minutes)) > 0 as is_roster_changed
    from described
    group by month_key, person_id
),

worked as (
    select
        month_key,
        person_id,
        work_item_key,
        sum(case when evidence_tier = 'T0' and reading = 'closed' then minutes else 0 end)
        - sum(case when evidence_tier = 'T0' and reading = 'today' then minutes else 0 end) as logged_difference,
        sum(case when evidence_tier = 'T4' and reading = 'closed' then minutes else 0 end)
        - sum(case when evidence_tier = 'T4' and reading = 'today' then minutes else 0 end) as declared_difference
    from {{ ref('int_drift__effort_days') }}
    group by month_key, person_id, work_item_key
),

evidence as (
    select
        month_key,
        person_id,
        sum(abs(logged_difference)) > 0 as is_log_changed,
        sum(abs(declared_difference)) > 0 as is_declaration_changed
    from worked
    group by month_key, person_id
),

final as (
    select
        rosters.month_key,
        rosters.person_id,
        case
            when rosters.is_roster_changed then 'roster'
            when evidence.is_log_changed then 'late_worklog'
            when evidence.is_declaration_changed then 'mapping'
            else 'late_code'
        end as evidence_cause,
        rosters.is_roster_changed
    from rosters
    inner join evidence on rosters.month_key = evidence.month_key and rosters.person_id = evidence.person_id
)

select * from final
