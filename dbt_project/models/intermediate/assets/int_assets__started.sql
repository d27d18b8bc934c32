-- Amortisation starts when the component and all those it depends on are ready (PwC SW 3.7).
with depending as (
    {{ exploded_list(source('company', 'components'), ['component_id'], 'depends_on', 'needed_component_id') }}
),

needed as (
    select
        ready.entity,
        ready.component_id,
        count(*) as needed_count,
        count(others.ready_date) as ready_count,
        max(others.ready_date) as last_ready_date
    from {{ ref('int_assets__ready') }} as ready
    inner join depending on ready.component_id = depending.component_id
    left join {{ ref('int_assets__ready') }} as others
        on ready.entity = others.entity and depending.needed_component_id = others.component_id
    group by ready.entity, ready.component_id
),

final as (
    select
        ready.entity,
        ready.component_id,
        case
            when needed.needed_count is null then ready.ready_date
            when needed.ready_count = needed.needed_count then greatest(ready.ready_date, needed.last_ready_date)
        end as amortization_start_date
    from {{ ref('int_assets__ready') }} as ready
    left join needed on ready.entity = needed.entity and ready.component_id = needed.component_id
)

select * from final
