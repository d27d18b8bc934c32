-- Persons as the workbooks name them: their last spell by the run month, under a pseudonym unless names are chosen.
with spells as (
    select
        people.*,
        row_number() over (
            partition by people.person_id
            order by case when people.start_date <= months.last_date then 0 else 1 end, people.start_date desc
        ) as spell_rank
    from {{ source('company', 'people') }} as people
    cross join {{ source('company', 'months') }} as months
    where months.is_run_month
),

final as (
    select
        spells.person_id,
        case
            when settings.person_names = 'name' then coalesce(spells.name, spells.person_id)
            else 'P-' || upper(substring({{ dbt.hash('spells.person_id') }}, 1, 8))
        end as display_name,
        spells.role,
        spells.role_class,
        spells.worker_type,
        spells.team,
        spells.entity,
        spells.cost_center,
        spells.work_country
    from spells
    cross join {{ source('company', 'settings') }} as settings
    where spells.spell_rank = 1
)

select * from final
