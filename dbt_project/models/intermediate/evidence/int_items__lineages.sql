-- Parent, epic and initiative of an item by day, each as it stood that day.
with states as (
    select
        work_item_key,
        from_date,
        to_date,
        item_type,
        parent_key,
        epic_key,
        project_key
    from {{ ref('int_items__states') }}
),

-- What hangs under an item hangs under its epic: the one it names, else its parent where that is one.
roofed as (
    select
        items.work_item_key,
        greatest(items.from_date, coalesce(parents.from_date, items.from_date)) as from_date,
        least(items.to_date, coalesce(parents.to_date, items.to_date)) as to_date,
        items.item_type,
        items.project_key,
        items.parent_key,
        coalesce(items.epic_key, case when lower(parents.item_type) = 'epic' then items.parent_key end) as epic_key
    from states as items
    left join states as parents
        on
            items.parent_key = parents.work_item_key
            and items.from_date <= parents.to_date
            and items.to_date >= parents.from_date
),

with_parents as (
    select
        items.work_item_key,
        greatest(items.from_date, coalesce(parents.from_date, items.from_date)) as from_date,
        least(items.to_date, coalesce(parents.to_date, items.to_date)) as to_date,
        items.project_key,
        items.parent_key,
        coalesce(
            items.epic_key,
            parents.epic_key,
            case when lower(items.item_type) = 'epic' then items.work_item_key end
        ) as epic_key
    from roofed as items
    left join roofed as parents
        on
            items.parent_key = parents.work_item_key
            and items.from_date <= parents.to_date
            and items.to_date >= parents.from_date
),

final as (
    select
        items.work_item_key,
        greatest(items.from_date, coalesce(epics.from_date, items.from_date)) as from_date,
        least(items.to_date, coalesce(epics.to_date, items.to_date)) as to_date,
        items.project_key,
        items.parent_key,
        items.epic_key,
        epics.parent_key as initiative_key
    from with_parents as items
    left join states as epics
        on
            items.epic_key = epics.work_item_key
            and items.from_date <= epics.to_date
            and items.to_date >= epics.from_date
)

select * from final
