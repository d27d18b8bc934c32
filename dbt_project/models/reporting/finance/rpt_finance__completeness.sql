with final as (
    select
        population,
        scope,
        cast(stated_count as bigint) as stated_count,
        cast(found_count as bigint) as found_count
    from {{ ref('int_populations__counted') }}
)

select * from final
