-- Declared allocations, numbered within their month.
with final as (
    select
        month as month_key,
        person_id,
        coalesce(team, 'NONE') as team,
        coalesce(component_id, value_stream_id) as target,
        declared_by,
        approved_by,
        cast(share as decimal(18, 6)) as share_ratio,
        month || '-' || cast(row_number() over (
            partition by month
            order by
                team asc nulls last, person_id asc nulls last, component_id asc nulls last,
                value_stream_id asc nulls last, share asc, declared_by asc nulls last
        ) as varchar) as declaration_id
    from {{ source('company', 'declared_allocations') }}
)

select * from final
