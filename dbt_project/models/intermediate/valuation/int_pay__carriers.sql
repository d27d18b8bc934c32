-- The rows of a person-month that carry cost; leave carries it only where the configuration says `paid`.
with effort as (
    select
        placed.person_id,
        placed.month_key,
        placed.spell_start_date,
        placed.work_item_key,
        placed.value_stream_id,
        placed.component_id,
        sum(placed.minutes) as minutes
    from {{ ref('int_effort__placed') }} as placed
    cross join {{ source('company', 'settings') }} as settings
    where placed.evidence_tier <> 'L' or settings.hours_denominator = 'paid'
    group by
        placed.person_id,
        placed.month_key,
        placed.spell_start_date,
        placed.work_item_key,
        placed.value_stream_id,
        placed.component_id
),

carriers as (
    select
        effort.person_id,
        effort.month_key,
        people.entity,
        people.cost_center,
        effort.work_item_key,
        effort.value_stream_id,
        effort.component_id,
        people.work_country,
        people.worker_type,
        people.role_class,
        people.team,
        entities.functional_currency as currency_code,
        cast(sum(effort.minutes) as bigint) as minutes
    from effort
    inner join {{ source('company', 'people') }} as people
        on effort.person_id = people.person_id and effort.spell_start_date = people.start_date
    inner join {{ source('company', 'entities') }} as entities
        on people.entity = entities.entity
    group by
        effort.person_id,
        effort.month_key,
        people.entity,
        people.cost_center,
        effort.work_item_key,
        effort.value_stream_id,
        effort.component_id,
        people.work_country,
        people.worker_type,
        people.role_class,
        people.team,
        entities.functional_currency
),

person_months as (
    select
        person_id,
        month_key,
        row_number() over (order by person_id, month_key) as person_month_number
    from carriers
    group by person_id, month_key
),

-- The number orders rows by person, month and the columns of the grain, as ties are broken.
final as (
    select
        carriers.*,
        person_months.person_month_number * 1000000 + row_number() over (
            partition by person_months.person_month_number
            order by
                carriers.entity,
                carriers.cost_center,
                carriers.work_item_key,
                carriers.value_stream_id,
                carriers.component_id,
                carriers.work_country,
                carriers.worker_type,
                carriers.role_class,
                carriers.team
        ) as carrier_number
    from carriers
    inner join person_months
        on carriers.person_id = person_months.person_id and carriers.month_key = person_months.month_key
)

select * from final
