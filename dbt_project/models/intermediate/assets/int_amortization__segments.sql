-- The base of each segment: the net book value that the one before leaves, changed by its event.
with recursive planned as (
    select * from {{ ref('int_amortization__segments_planned') }}
),

walked as (
    select
        component_id,
        entity,
        segment_number,
        cast(0 as bigint) as carried_minor,
        cast(delta_minor as bigint) as base_minor
    from planned
    where segment_number = 1
    union all
    select
        carried.component_id,
        carried.entity,
        carried.segment_number,
        carried.carried_minor,
        cast(
            case
                when carried.is_total then 0
                when carried.event_type = 'impairment'
                    then carried.carried_minor - greatest(least(-carried.delta_minor, carried.carried_minor), 0)
                else carried.carried_minor + carried.delta_minor
            end as bigint
        ) as base_minor
    from (
        select
            planned.component_id,
            planned.entity,
            planned.segment_number,
            planned.event_type,
            planned.delta_minor,
            planned.is_total,
            cast(walked.base_minor - coalesce(
                {{ consumed_minor('walked.base_minor', 'previous.units_used', 'previous.units_total') }}, 0
            ) as bigint) as carried_minor
        from walked
        inner join planned as previous
            on
                walked.component_id = previous.component_id
                and walked.entity = previous.entity
                and walked.segment_number = previous.segment_number
        inner join planned
            on
                walked.component_id = planned.component_id
                and walked.entity = planned.entity
                and walked.segment_number + 1 = planned.segment_number
    ) as carried
),

final as (
    select
        planned.*,
        walked.base_minor,
        case when planned.event_type = 'impairment' then walked.carried_minor - walked.base_minor else 0 end
            as impairment_minor
    from planned
    inner join walked
        on
            planned.component_id = walked.component_id
            and planned.entity = walked.entity
            and planned.segment_number = walked.segment_number
)

select * from final
