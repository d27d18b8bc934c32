-- Every parameter of the configuration.
with final as (
    select
        name,
        value,
        unit,
        source,
        comment,
        effective_from
    from {{ source('company', 'assumptions') }}
)

select * from final
