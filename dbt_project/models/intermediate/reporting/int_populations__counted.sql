-- Populations that somebody can count outside: people on the roster, and the items of each tracker project.
with months as (
    select
        month_key,
        first_date,
        last_date
    from {{ source('company', 'months') }}
    where is_run_month
),

rostered as (
    select distinct
        people.person_id,
        people.entity
    from {{ source('company', 'people') }} as people
    inner join months
        on people.start_date <= months.last_date and coalesce(people.end_date, months.last_date) >= months.first_date
),

worked as (
    select distinct
        effort.person_id,
        effort.entity
    from {{ ref('int_effort__described') }} as effort
    inner join months on effort.month_key = months.month_key
),

final as (
    select
        'people' as population,
        rostered.entity as scope,
        count(*) as stated_count,
        count(worked.person_id) as found_count
    from rostered
    left join worked on rostered.person_id = worked.person_id and rostered.entity = worked.entity
    group by rostered.entity
    union all
    select
        'work items' as population,
        source || ': ' || coalesce(project_key, 'no project') as scope,
        null as stated_count,
        count(*) as found_count
    from {{ ref('inp_work_items') }}
    where not coalesce(is_deleted, false)
    group by source, project_key
)

select * from final
