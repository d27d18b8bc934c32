-- Where an item was something else on the day of the work than at the month's close: what followed the later state
-- would move that work.
{% set fields = ['item_type', 'labels', 'parent_key', 'epic_key'] -%}
with effort as (
    select
        effort.*,
        closing.epic_key as epic_key_at_close
    from {{ ref('fct_effort_days') }} as effort
    inner join {{ ref('dim_months') }} as months
        on effort.month_key = months.month_key
    left join {{ ref('int_items__lineages') }} as closing
        on
            effort.work_item_key = closing.work_item_key
            and months.last_date between closing.from_date and closing.to_date
    where effort.history is not null
),

compared as (
    {%- for name in fields %}
        select
            month_key,
            work_item_key,
            person_id,
            work_date,
            minutes,
            '{{ name }}' as field,
            coalesce({{ name }}, '') as value_on_day,
            coalesce({{ name }}_at_close, '') as value_at_close
        from effort
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
