-- What a row of tier T2 stands on: the evidence of the nearest day, the first of two that are equally near.
with sources as (
    select
        ledger.person_number,
        ledger.day_number,
        ledger.item_number,
        min({{ open_reference('ledger', 'items') }}) as evidence_ref
    from {{ ref('int_evidence__ledger') }} as ledger
    inner join {{ ref('int_items__numbered') }} as items
        on ledger.item_number = items.item_number
    group by ledger.person_number, ledger.day_number, ledger.item_number
),

final as (
    select
        nearby.person_day_number,
        nearby.item_number,
        case
            when before_day.evidence_ref is null then after_day.evidence_ref
            when after_day.evidence_ref is null then before_day.evidence_ref
            else least(before_day.evidence_ref, after_day.evidence_ref)
        end as evidence_ref
    from {{ ref('int_effort__nearby') }} as nearby
    inner join {{ ref('int_effort__days') }} as days
        on nearby.person_day_number = days.person_day_number
    left join sources as before_day
        on
            days.person_number = before_day.person_number
            and days.day_number - nearby.nearest_distance = before_day.day_number
            and nearby.item_number = before_day.item_number
    left join sources as after_day
        on
            days.person_number = after_day.person_number
            and days.day_number + nearby.nearest_distance = after_day.day_number
            and days.last_day_number >= after_day.day_number
            and nearby.item_number = after_day.item_number
)

select * from final
