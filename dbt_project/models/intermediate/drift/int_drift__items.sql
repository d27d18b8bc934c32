-- What changed about a work item in a closed month: its place in the tree, or its type and labels.
with listed as (
    select distinct
        reading,
        month_key,
        work_item_key,
        item_type,
        labels,
        parent_key,
        epic_key
    from {{ ref('int_drift__effort_days') }}
),

counted as (
    select
        month_key,
        work_item_key,
        parent_key || '|' || epic_key as place,
        item_type || '|' || labels as sort,
        max(case when reading = 'closed' then 1 else 0 end) as closed_count,
        max(case when reading = 'today' then 1 else 0 end) as today_count
    from listed
    group by month_key, work_item_key, parent_key || '|' || epic_key, item_type || '|' || labels
),

places as (
    select
        month_key,
        work_item_key,
        place,
        max(closed_count) as closed_count,
        max(today_count) as today_count
    from counted
    group by month_key, work_item_key, place
),

sorts as (
    select
        month_key,
        work_item_key,
        sort,
        max(closed_count) as closed_count,
        max(today_count) as today_count
    from counted
    group by month_key, work_item_key, sort
),

moved as (
    select
        month_key,
        work_item_key,
        max(abs(closed_count - today_count)) = 1 as is_moved
    from places
    group by month_key, work_item_key
),

relabelled as (
    select
        month_key,
        work_item_key,
        max(abs(closed_count - today_count)) = 1 as is_relabelled
    from sorts
    group by month_key, work_item_key
),

final as (
    select
        moved.month_key,
        moved.work_item_key,
        moved.is_moved,
        relabelled.is_relabelled
    from moved
    inner join relabelled
        on moved.month_key = relabelled.month_key and moved.work_item_key = relabelled.work_item_key
)

select * from final
