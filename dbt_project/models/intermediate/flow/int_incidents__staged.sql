-- The way of a resolved incident to its fix in production, by the clock: answered, fixed, restored. Each time point is
-- raised to the one before it and lowered to the end, so that the stages add up to the recovery.
with fixes as (
    select
        incidents.source,
        incidents.incident_id,
        min(pulls.merged_at) as merged_at
    from {{ ref('inp_incidents') }} as incidents
    inner join {{ ref('int_code__linked') }} as linked
        on incidents.work_item_key = linked.work_item_key and linked.artefact_kind = 'pull'
    inner join {{ ref('int_pull_requests__staged') }} as pulls
        on
            linked.artefact_id = pulls.repository || '#' || cast(pulls.number as varchar)
            and incidents.created_at <= pulls.merged_at
    group by incidents.source, incidents.incident_id
),

points as (
    select
        incidents.source,
        incidents.incident_id,
        incidents.service,
        incidents.created_at,
        incidents.acknowledged_at,
        fixes.merged_at,
        incidents.resolved_at
    from {{ ref('int_incidents__linked') }} as incidents
    cross join {{ ref('int_delivery__as_of') }} as as_of
    left join fixes
        on incidents.source = fixes.source and incidents.incident_id = fixes.incident_id
    where incidents.resolved_at >= incidents.created_at and incidents.resolved_at <= as_of.as_of_at
),

raised as (
    select
        *,
        least(greatest(coalesce(acknowledged_at, created_at), created_at), resolved_at) as answered_at,
        case when merged_at <= resolved_at then greatest(merged_at, coalesce(acknowledged_at, created_at)) end
            as fixed_at
    from points
),

final as (
    select
        raised.source,
        raised.incident_id,
        raised.service,
        coalesce(streams.value_stream_id, 'NONE') as value_stream_id,
        {{ month_key(local_timestamp('raised.resolved_at', 'as_of.timezone')) }} as month_key,
        raised.acknowledged_at is not null as is_acknowledged,
        raised.fixed_at is not null as has_fix,
        {{ microseconds_between('raised.created_at', 'raised.answered_at') }} as answer_microseconds,
        {{ microseconds_between(
            'raised.answered_at', 'least(coalesce(raised.fixed_at, raised.resolved_at), raised.resolved_at)'
        ) }} as fix_microseconds,
        {{ microseconds_between(
            'least(coalesce(raised.fixed_at, raised.resolved_at), raised.resolved_at)', 'raised.resolved_at'
        ) }} as restore_microseconds,
        {{ microseconds_between('raised.created_at', 'raised.resolved_at') }} as recovery_microseconds,
        raised.resolved_at
    from raised
    cross join {{ ref('int_delivery__as_of') }} as as_of
    left join {{ ref('int_services__streams') }} as streams
        on raised.service = streams.service
)

select * from final
