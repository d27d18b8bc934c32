with final as (
    select
        name_key,
        person_name,
        subject,
        cast(maker_count as bigint) as maker_count,
        cast(checker_count as bigint) as checker_count,
        last_date
    from {{ ref('int_access__listed') }}
)

select * from final
