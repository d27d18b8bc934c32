-- Each cost row cut into segments: pay by its item's minutes, every other cost line by calendar days at
-- the gates (an AI bill or a licence has no working days of its own).
with allocations as (
    select
        described.*,
        cost_kinds.cost_kind_id
    from {{ ref('int_allocations__described') }} as described
    inner join {{ ref('int_cost_kinds__listed') }} as cost_kinds
        on
            {%- for column in cost_kind_columns() %}
                {{ 'and ' if not loop.first }}described.{{ column }} = cost_kinds.{{ column }}
            {%- endfor %}
),

worked as (
    select
        allocations.allocation_id,
        allocations.cost_kind_id,
        effort.policy_id,
        effort.window_state,
        effort.evidence_tier,
        effort.work_type_id,
        work_types.work_kind_id,
        effort.minutes,
        effort.minutes as weight,
        effort.is_applied,
        effort.is_in_force,
        effort.is_unapproved,
        effort.from_date,
        effort.to_date
    from allocations
    inner join {{ ref('int_effort__segmented') }} as effort
        on allocations.carrier_number = effort.carrier_number
    inner join {{ ref('int_work_types__kinded') }} as work_types
        on effort.work_type_id = work_types.work_type_id
),

without_work as (
    select allocations.*
    from allocations
    left join (select distinct allocation_id from worked) as found
        on allocations.allocation_id = found.allocation_id
    where found.allocation_id is null
),

by_calendar as (
    select
        without_work.allocation_id,
        without_work.cost_kind_id,
        considered.policy_id,
        coalesce(windows.window_state, 'none') as window_state,
        'X' as evidence_tier,
        reserved.work_type_id,
        reserved.work_kind_id,
        cast(0 as bigint) as minutes,
        coalesce(windows.day_count, 1) as weight,
        considered.is_applied,
        not considered.is_applied or coalesce(windows.is_in_force, true) as is_in_force,
        false as is_unapproved,
        coalesce(windows.from_date, considered.first_date) as from_date,
        coalesce(windows.to_date, considered.last_date) as to_date
    from without_work
    inner join {{ ref('int_policies__considered') }} as considered
        on without_work.entity = considered.entity and without_work.month_key = considered.month_key
    cross join (
        select
            kinded.work_type_id,
            kinded.work_kind_id
        from {{ ref('int_work_types__kinded') }} as kinded
        inner join {{ ref('int_work_types__classified') }} as classified
            on kinded.work_type_id = classified.work_type_id
        where classified.is_reserved
    ) as reserved
    left join {{ ref('int_windows__monthly') }} as windows
        on
            considered.policy_id = windows.policy_id
            and without_work.month_key = windows.month_key
            and without_work.component_id = windows.component_id
),

final as (
    select * from worked
    union all
    select * from by_calendar
)

select * from final
