-- The rule that places a whole repository, by day.
with rules as (
    select
        repository,
        {{ rule_rank(6, 'rule_order') }} as rule_rank,
        valid_from as from_date,
        valid_to as to_date
    from {{ ref('int_code__repository_rules') }}
    where path is null
),

final as (
    {{ least_ranked_stretches('rules', 'repository') }}
)

select * from final
