-- How much of each stream can be measured, by the items that it finished in a month.
with pulls as (
    select
        'pull' as artefact_kind,
        repository || '#' || cast(number as varchar) as artefact_id,
        deployment_id
    from {{ ref('int_pull_requests__staged') }}
),

code as (
    select
        linked.work_item_key,
        max(case when pulls.deployment_id is not null then 1 else 0 end) as is_deployed
    from {{ ref('int_code__linked') }} as linked
    left join pulls
        on linked.artefact_kind = pulls.artefact_kind and linked.artefact_id = pulls.artefact_id
    group by linked.work_item_key
),

finished as (
    select
        items.value_stream_id,
        items.month_key,
        count(*) as finished_count,
        sum(case when items.is_measured then 1 else 0 end) as with_history_count,
        sum(case when code.work_item_key is not null then 1 else 0 end) as with_code_count,
        sum(coalesce(code.is_deployed, 0)) as with_deployment_count,
        sum(case when items.has_activity then 1 else 0 end) as with_activity_count
    from {{ ref('fct_flow_items') }} as items
    left join code
        on items.work_item_key = code.work_item_key
    group by items.value_stream_id, items.month_key
),

incidents as (
    select
        streams.value_stream_id,
        incidents.month_key,
        count(*) as incident_count,
        sum(case when incidents.link_kind <> 'none' then 1 else 0 end) as linked_incident_count
    from {{ ref('fct_incidents') }} as incidents
    inner join {{ ref('int_services__streams') }} as streams
        on incidents.service = streams.service
    group by streams.value_stream_id, incidents.month_key
),

deployed as (
    select
        value_stream_id,
        month_key,
        count(*) as deployment_count
    from {{ ref('fct_deployments') }}
    where status = 'success'
    group by value_stream_id, month_key
),

counted as (
    select
        finished.*,
        coalesce(incidents.incident_count, 0) as incident_count,
        coalesce(incidents.linked_incident_count, 0) as linked_incident_count,
        coalesce(deployed.deployment_count, 0) as deployment_count,
        withheld.status as unplaced_status
    from finished
    left join incidents
        on finished.value_stream_id = incidents.value_stream_id and finished.month_key = incidents.month_key
    left join deployed
        on finished.value_stream_id = deployed.value_stream_id and finished.month_key = deployed.month_key
    left join {{ ref('int_flow__withheld') }} as withheld
        on finished.value_stream_id = withheld.value_stream_id and finished.month_key = withheld.month_key
),

final as (
    select
        value_stream_id,
        month_key,
        case
            when unplaced_status is not null then 'withheld'
            when finished_count < 10 or 2 * with_history_count < finished_count then 'too little to trust'
            when 10 * with_history_count < 9 * finished_count or 2 * with_code_count < finished_count then 'with care'
            else 'trusted'
        end as verdict,
        case
            when unplaced_status is not null then 'status ' || unplaced_status || ' has no place in workflow.yaml'
            when finished_count < 10 then 'fewer than ten finished items'
            when 2 * with_history_count < finished_count then 'most items were finished without entering a step'
            when 10 * with_history_count < 9 * finished_count then 'some items were finished without entering a step'
            when 2 * with_code_count < finished_count then 'most items have no linked code'
            else ''
        end as reason,
        cast(finished_count as integer) as finished_count,
        cast(with_history_count as integer) as with_history_count,
        cast(with_code_count as integer) as with_code_count,
        cast(with_deployment_count as integer) as with_deployment_count,
        cast(with_activity_count as integer) as with_activity_count,
        cast(deployment_count as integer) as deployment_count,
        cast(incident_count as integer) as incident_count,
        cast(linked_incident_count as integer) as linked_incident_count
    from counted
)

select * from final
