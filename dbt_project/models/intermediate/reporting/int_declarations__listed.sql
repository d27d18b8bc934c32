-- Allocations declared for the run month, and who certified them.
with declared as (
    select
        allocations.*,
        row_number() over (
            order by
                allocations.team,
                allocations.person_id,
                allocations.component_id,
                allocations.value_stream_id,
                allocations.share,
                allocations.declared_by
        ) as declaration_number
    from {{ source('company', 'declared_allocations') }} as allocations
    inner join {{ ref('dim_months') }} as months
        on allocations.month = months.month_key and months.is_run_month
),

final as (
    select
        declared.month || '-' || cast(declared.declaration_number as varchar) as declaration_id,
        case
            when declared.person_id is null then 'NONE'
            else {{ person_key('declared.person_id', 'persons.display_name') }}
        end as person_id,
        coalesce(declared.team, 'NONE') as team,
        coalesce(declared.component_id, declared.value_stream_id) as target,
        declared.declared_by,
        declared.approved_by,
        cast(declared.share as decimal(18, 6)) as share_ratio
    from declared
    left join {{ ref('dim_persons') }} as persons
        on declared.person_id = persons.person_id
)

select * from final
