-- Rules that an item meets by its own key, labels, components and fields, with the days on which both hold.
with rules as (
    select
        rule_order,
        match_kind,
        match_field,
        match_value,
        coalesce(valid_from, cast('0001-01-01' as date)) as valid_from,
        coalesce(valid_to, cast('9999-12-30' as date)) as valid_to
    from {{ source('company', 'stream_rules') }}
    where match_kind in ('item', 'label', 'component', 'field')
),

states as (
    select
        work_item_key,
        from_date,
        to_date,
        labels,
        components
    from {{ ref('int_items__states') }}
),

labelled as (
    select * from states
    where labels <> '[]'
),

composed as (
    select * from states
    where components <> '[]'
),

marks as (
    select
        work_item_key,
        from_date,
        to_date,
        'label' as match_kind,
        mark
    from (
        {{ exploded_list('labelled', ['work_item_key', 'from_date', 'to_date'], 'labels', 'mark') }}
    ) as label_marks
    union all
    select
        work_item_key,
        from_date,
        to_date,
        'component',
        mark
    from (
        {{ exploded_list('composed', ['work_item_key', 'from_date', 'to_date'], 'components', 'mark') }}
    ) as component_marks
    union all
    select
        work_item_key,
        cast('0001-01-01' as date),
        cast('9999-12-30' as date),
        'item',
        work_item_key as mark
    from {{ ref('inp_work_items') }}
),

matches as (
    select
        marks.work_item_key,
        rules.rule_order,
        marks.from_date,
        marks.to_date,
        rules.valid_from,
        rules.valid_to
    from marks
    inner join rules
        on marks.match_kind = rules.match_kind and marks.mark = rules.match_value
    union all
    select
        items.work_item_key,
        rules.rule_order,
        cast('0001-01-01' as date),
        cast('9999-12-30' as date),
        rules.valid_from,
        rules.valid_to
    from {{ ref('inp_work_items') }} as items
    inner join rules
        on rules.match_kind = 'field'
    where
        items.fields is not null
        and items.fields like '%' || rules.match_field || '%'
        and (
            {{ json_option('items.fields', 'rules.match_field') }} = rules.match_value
            -- A field that is one text is no list, even where it begins like one.
            or case
                when {{ is_json_list(json_option('items.fields', 'rules.match_field')) }}
                    then {{ json_list_has(json_option('items.fields', 'rules.match_field'), 'rules.match_value') }}
                else false
            end
        )
),

final as (
    select distinct
        work_item_key,
        rule_order,
        greatest(from_date, valid_from) as from_date,
        least(to_date, valid_to) as to_date
    from matches
    where from_date <= valid_to and valid_from <= to_date
)

select * from final
