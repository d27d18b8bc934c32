-- Where an item was something else on the day of the work than at the month's close: what followed the later state
-- would move that work.
{% set fields = {
    'item_type': 'effort.item_type_at_close',
    'labels': 'effort.labels_at_close',
    'parent_key': 'effort.parent_key_at_close',
    'epic_key': 'closing_lineages.epic_key',
} -%}
with effort as (
    select
        effort.*,
        months.last_date as close_date
    from {{ ref('fct_effort_days') }} as effort
    inner join {{ ref('dim_months') }} as months
        on effort.month_key = months.month_key
    where effort.history is not null
),

compared as (
    {%- for field, closing in fields.items() %}
    select
        effort.month_key,
        effort.work_item_key,
        effort.person_id,
        effort.work_date,
        effort.minutes,
        '{{ field }}' as field,
        coalesce(effort.{{ field }}, '') as value_on_day,
        coalesce({{ closing }}, '') as value_at_close
    from effort
    {%- if 'closing_lineages' in closing %}
    left join {{ ref('int_items__lineages') }} as closing_lineages
        on
            effort.work_item_key = closing_lineages.work_item_key
            and effort.close_date between closing_lineages.from_date and closing_lineages.to_date
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        month_key,
        work_item_key,
        field,
        value_on_day,
        value_at_close,
        cast(sum(minutes) as bigint) as minutes,
        cast(count(distinct person_id) as integer) as person_count,
        min(work_date) as first_date,
        max(work_date) as last_date
    from compared
    where value_on_day <> value_at_close
    group by month_key, work_item_key, field, value_on_day, value_at_close
)

select * from final
