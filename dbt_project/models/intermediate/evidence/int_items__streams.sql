-- The rule that gives an item its value stream, by day: lowest level first, then the order of the file.
with rules as (
    select
        rule_order,
        match_kind,
        match_value,
        coalesce(valid_from, cast('0001-01-01' as date)) as valid_from,
        coalesce(valid_to, cast('9999-12-30' as date)) as valid_to
    from {{ source('company', 'stream_rules') }}
),

lineages as (
    select * from {{ ref('int_items__lineages') }}
),

ancestors as (
    select
        work_item_key,
        from_date,
        to_date,
        1 as level_number,
        'item' as match_kind,
        work_item_key as ancestor_key
    from lineages
    union all
    select
        work_item_key,
        from_date,
        to_date,
        2,
        'parent',
        parent_key
    from lineages
    where parent_key is not null
    union all
    select
        work_item_key,
        from_date,
        to_date,
        3,
        'epic',
        epic_key
    from lineages
    where epic_key is not null
    union all
    select
        work_item_key,
        from_date,
        to_date,
        4,
        'initiative',
        initiative_key
    from lineages
    where initiative_key is not null
    union all
    select
        work_item_key,
        from_date,
        to_date,
        5,
        'project',
        project_key
    from lineages
    where project_key is not null
),

matches as (
    select
        ancestors.work_item_key,
        ancestors.level_number,
        matches.rule_order,
        greatest(ancestors.from_date, matches.from_date) as from_date,
        least(ancestors.to_date, matches.to_date) as to_date
    from ancestors
    inner join {{ ref('int_items__rule_matches') }} as matches
        on
            ancestors.ancestor_key = matches.work_item_key
            and ancestors.from_date <= matches.to_date
            and ancestors.to_date >= matches.from_date
    where ancestors.level_number <= 4
    union all
    select
        ancestors.work_item_key,
        ancestors.level_number,
        rules.rule_order,
        greatest(ancestors.from_date, rules.valid_from),
        least(ancestors.to_date, rules.valid_to)
    from ancestors
    inner join rules
        on
            ancestors.match_kind = rules.match_kind
            and ancestors.ancestor_key = rules.match_value
            and ancestors.from_date <= rules.valid_to
            and ancestors.to_date >= rules.valid_from
    where ancestors.level_number in (2, 3, 4, 5)
    union all
    select
        work_item_key,
        6,
        rule_order,
        from_date,
        to_date
    from {{ ref('int_items__repository_matches') }}
),

ranked as (
    select
        work_item_key,
        {{ rule_rank('level_number', 'rule_order') }} as rule_rank,
        from_date,
        to_date
    from matches
),

final as (
    {{ least_ranked_stretches('ranked', 'work_item_key') }}
)

select * from final
