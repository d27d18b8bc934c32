-- The units of account, and NONE for work that belongs to none.
with final as (
    select
        component_id,
        name as component_name,
        value_stream_id,
        entity,
        parent_component_id,
        asset_class,
        scope,
        convention,
        life_months,
        coalesce(adds_functionality, false) as adds_functionality
    from {{ source('company', 'components') }}
    union all
    select
        'NONE',
        'No component',
        'NONE',
        null,
        null,
        null,
        null,
        null,
        null,
        false
)

select * from final
