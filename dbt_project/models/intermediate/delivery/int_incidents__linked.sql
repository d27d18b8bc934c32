-- An incident belongs to the deployment it names, else to the one before it within the window, else to none.
with incidents as (
    select incidents.*
    from {{ ref('inp_incidents') }} as incidents
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where incidents.created_at <= as_of.as_of_at
),

deployments as (
    select * from {{ ref('int_deployments__production') }}
),

explicit as (
    select
        incidents.source,
        incidents.incident_id,
        deployments.source as deployment_source,
        deployments.deployment_id,
        row_number() over (
            partition by incidents.source, incidents.incident_id
            order by
                case when deployments.source = incidents.source then 0 else 1 end,
                case when deployments.service = incidents.service then 0 else 1 end,
                deployments.source
        ) as choice
    from incidents
    inner join deployments
        on incidents.deployment_id = deployments.deployment_id
),

near as (
    select
        incidents.source,
        incidents.incident_id,
        deployments.source as deployment_source,
        deployments.deployment_id,
        row_number() over (
            partition by incidents.source, incidents.incident_id
            order by deployments.finished_at desc, deployments.source desc, deployments.deployment_id desc
        ) as choice
    from incidents
    inner join deployments
        on
            incidents.service = deployments.service
            and deployments.status = 'success'
            and incidents.created_at >= deployments.finished_at
            and incidents.created_at < coalesce(deployments.next_success_at, cast('9999-12-31' as timestamp))
    cross join {{ ref('int_delivery__as_of') }} as as_of
    where
        {{ microseconds_between('deployments.finished_at', 'incidents.created_at') }}
        <= as_of.failure_window_hours * 3600000000
),

final as (
    select
        incidents.source,
        incidents.incident_id,
        incidents.service,
        incidents.severity,
        incidents.work_item_key,
        incidents.url,
        coalesce(explicit.deployment_source, near.deployment_source) as deployment_source,
        coalesce(explicit.deployment_id, near.deployment_id) as deployment_id,
        case
            when explicit.deployment_id is not null then 'explicit'
            when near.deployment_id is not null then 'window'
            else 'none'
        end as link_kind,
        incidents.created_at,
        incidents.acknowledged_at,
        incidents.resolved_at
    from incidents
    left join explicit
        on incidents.source = explicit.source and incidents.incident_id = explicit.incident_id and explicit.choice = 1
    left join near
        on incidents.source = near.source and incidents.incident_id = near.incident_id and near.choice = 1
)

select * from final
