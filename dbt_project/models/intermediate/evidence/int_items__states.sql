-- What an item was, by day: one row per item and stretch of days in which nothing but status and assignee changed.
{% set fields = ['item_type', 'parent_key', 'epic_key', 'labels', 'components', 'project_key'] -%}
with field_days as (
    select * from {{ ref('int_items__state_days') }}
    where field <> 'status'
),

starts as (
    select distinct
        work_item_key,
        from_date
    from field_days
),

stretches as (
    select
        work_item_key,
        from_date,
        coalesce(
            {{ plus_days('lead(from_date) over (partition by work_item_key order by from_date)', -1) }},
            cast('9999-12-30' as date)
        ) as to_date
    from starts
),

replayed as (
    select
        stretches.work_item_key,
        stretches.from_date,
        stretches.to_date,
    {%- for field in fields %}
        max(case when field_days.field = '{{ field }}' then field_days.value end) as {{ field }},
        max(case when field_days.field = '{{ field }}' then 1 else 0 end) as has_{{ field }}{{ ',' if not loop.last }}
    {%- endfor %}
    from stretches
    inner join field_days
        on
            stretches.work_item_key = field_days.work_item_key
            and stretches.from_date between field_days.from_date and field_days.to_date
    group by stretches.work_item_key, stretches.from_date, stretches.to_date
),

final as (
    select
        items.work_item_key,
        coalesce(replayed.from_date, cast('0001-01-01' as date)) as from_date,
        coalesce(replayed.to_date, cast('9999-12-30' as date)) as to_date,
        {%- for field in fields %}
            case when replayed.has_{{ field }} = 1 then replayed.{{ field }} else items.{{ field }} end as {{ field }},
        {%- endfor %}
        case when items.has_history then 'full' else 'none' end as history
    from {{ ref('inp_work_items') }} as items
    left join replayed
        on items.work_item_key = replayed.work_item_key
)

select * from final
