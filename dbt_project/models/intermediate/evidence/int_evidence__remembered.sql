-- Items, and their artefacts, of which touches are looked at however old they are: somebody took the item up so lately
-- that it fades from the assignment on, unless the person had touched it before.
with items as (
    select distinct assigned.work_item_key
    from {{ ref('int_items__assigned') }} as assigned
    inner join {{ ref('int_people__reach') }} as reach
        on assigned.person_number = reach.person_number
    -- A day more than the zones can differ by.
    where
        greatest(cast(assigned.assigned_at as date), assigned.owned_from)
        >= {{ plus_days('reach.touched_from_date', -2) }}
),

final as (
    select
        'item' as artefact_kind,
        work_item_key as artefact_id
    from items
    union all
    select distinct
        linked.artefact_kind,
        linked.artefact_id
    from {{ ref('int_code__linked') }} as linked
    inner join items
        on linked.work_item_key = items.work_item_key
)

select * from final
