-- What persons and their team declared for a month: both hold, and sum to at most the whole month.
with person_months as (
    select distinct
        days.person_id,
        days.month_key,
        people.team
    from {{ ref('int_people__days') }} as days
    inner join {{ source('company', 'people') }} as people
        on days.person_id = people.person_id and days.spell_start_date = people.start_date
    where days.is_computed and days.capacity_minutes > 0
),

declarations as (
    select
        allocations.month as month_key,
        allocations.person_id,
        allocations.team,
        'DECLARED:' || coalesce(allocations.component_id, allocations.value_stream_id) as work_item_key,
        coalesce(allocations.value_stream_id, components.value_stream_id) as value_stream_id,
        allocations.component_id,
        cast(allocations.share * 100000000 as bigint) as share_units,
        allocations.approved_by is not null as is_approved
    from {{ source('company', 'declared_allocations') }} as allocations
    left join {{ source('company', 'components') }} as components
        on allocations.component_id = components.component_id
),

declared as (
    select
        person_months.person_id,
        person_months.month_key,
        person_months.team,
        declarations.work_item_key,
        declarations.value_stream_id,
        declarations.component_id,
        declarations.share_units,
        declarations.is_approved
    from person_months
    inner join declarations
        on
            person_months.month_key = declarations.month_key
            and (
                person_months.person_id = declarations.person_id
                or (declarations.person_id is null and person_months.team = declarations.team)
            )
),

final as (
    select
        person_id,
        month_key,
        team,
        work_item_key,
        min(value_stream_id) as value_stream_id,
        coalesce(min(component_id), 'NONE') as component_id,
        cast(sum(share_units) as bigint) as share_units,
        bool_and(is_approved) as is_approved
    from declared
    group by person_id, month_key, team, work_item_key
)

select * from final
