-- Allocations declared for the run month, and who certified them.
with final as (
    select
        declared.declaration_id,
        case
            when declared.person_id is null then 'NONE'
            else {{ person_key('declared.person_id', 'persons.display_name') }}
        end as person_id,
        declared.team,
        declared.target,
        declared.declared_by,
        declared.approved_by,
        declared.share_ratio
    from {{ ref('int_declarations__listed') }} as declared
    inner join {{ ref('dim_months') }} as months
        on declared.month_key = months.month_key and months.is_run_month
    left join {{ ref('dim_persons') }} as persons
        on declared.person_id = persons.person_id
)

select * from final
