-- Items of the month that no rule places, with what their work cost.
with final as (
    select
        unmapped.work_item_key,
        items.title,
        items.url,
        items.item_type,
        items.project_key,
        unmapped.minutes,
        unmapped.reporting_amount as amount
    from {{ ref('int_items__unmapped') }} as unmapped
    inner join {{ ref('dim_months') }} as months
        on unmapped.month_key = months.month_key and months.is_run_month
    left join {{ ref('dim_work_items') }} as items
        on unmapped.work_item_key = items.work_item_key
)

select * from final
