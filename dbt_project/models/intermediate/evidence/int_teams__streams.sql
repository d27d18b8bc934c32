-- The rule that places what nothing else does with the team of its worker, by day.
with rules as (
    select
        match_value as team,
        {{ rule_rank(7, 'rule_order') }} as rule_rank,
        coalesce(valid_from, cast('0001-01-01' as date)) as from_date,
        coalesce(valid_to, cast('9999-12-30' as date)) as to_date
    from {{ source('company', 'stream_rules') }}
    where match_kind = 'team'
),

final as (
    {{ least_ranked_stretches('rules', 'team') }}
)

select * from final
