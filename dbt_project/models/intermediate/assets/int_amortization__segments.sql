-- The base of each segment: the net book value that the one before leaves, changed by its event. What is charged
-- is counted from where the base was set anew: an estimate of revenue goes on from there, and rules its fiscal
-- year where its ratio takes more than the straight line would (985-20-35-1, the greater of the two).
{%- set first_base -%}
    case when event_type in ('impairment', 'net_realizable') then 0 else delta_minor end
{%- endset %}

with recursive planned as (
    select * from {{ ref('int_amortization__segments_planned') }}
),

walked as (
    select
        component_id,
        entity,
        segment_number,
        cast(0 as bigint) as carried_minor,
        cast({{ first_base }} as bigint) as base_minor,
        cast({{ first_base }} as bigint) as pool_minor,
        cast(0 as bigint) as charged_minor,
        false as is_by_revenue
    from planned
    where segment_number = 1
    union all
    select
        component_id,
        entity,
        segment_number,
        carried_minor,
        base_minor,
        case when event_type = 'estimate' then earlier_pool_minor else base_minor end as pool_minor,
        case when event_type = 'estimate' then through_minor else 0 end as charged_minor,
        case
            when event_type = 'year' or current_revenue_minor is null then false
            when event_type <> 'estimate' then was_by_revenue
            else
                {{ consumed_minor('earlier_pool_minor', 'revenue_units_of_year', 'revenue_units_total') }}
                > {{ consumed_minor('earlier_pool_minor', 'units_of_year', 'units_total') }}
        end as is_by_revenue
    from (
        select
            *,
            cast(
                case
                    when is_total then 0
                    when event_type = 'impairment'
                        then carried_minor - greatest(least(-delta_minor, carried_minor), 0)
                    when event_type = 'net_realizable' then least(carried_minor, delta_minor)
                    else carried_minor + delta_minor
                end as bigint
            ) as base_minor
        from (
            select
                planned.*,
                left_over.pool_minor as earlier_pool_minor,
                {{ never_taken_back('left_over.through_minor', 'left_over.charged_minor') }} as through_minor,
                left_over.is_by_revenue as was_by_revenue,
                cast(
                    left_over.base_minor + left_over.charged_minor
                    - {{ never_taken_back('left_over.through_minor', 'left_over.charged_minor') }} as bigint
                ) as carried_minor
            from (
                select
                    walked.*,
                    cast(coalesce(
                        case
                            when previous.is_empty then walked.charged_minor
                            when walked.is_by_revenue then {{ consumed_minor(
                                'walked.pool_minor', 'previous.revenue_units_used', 'previous.revenue_units_total'
                            ) }}
                            else {{ consumed_minor(
                                'walked.pool_minor', 'previous.units_used', 'previous.units_total'
                            ) }}
                        end, 0
                    ) as bigint) as through_minor
                from walked
                inner join planned as previous
                    on
                        walked.component_id = previous.component_id
                        and walked.entity = previous.entity
                        and walked.segment_number = previous.segment_number
            ) as left_over
            inner join planned
                on
                    left_over.component_id = planned.component_id
                    and left_over.entity = planned.entity
                    and left_over.segment_number + 1 = planned.segment_number
        ) as carried
    ) as based
),

final as (
    select
        planned.*,
        walked.base_minor,
        walked.pool_minor,
        walked.charged_minor,
        walked.is_by_revenue,
        case
            when planned.event_type in ('impairment', 'net_realizable') then walked.carried_minor - walked.base_minor
            else 0
        end as impairment_minor
    from planned
    inner join walked
        on
            planned.component_id = walked.component_id
            and planned.entity = walked.entity
            and planned.segment_number = walked.segment_number
)

select * from final
