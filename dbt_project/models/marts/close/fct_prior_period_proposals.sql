-- Corrections of closed months: estimates may be trued up in the open month, the rest is for a person's judgement.
with final as (
    select
        proposed.proposal_id,
        proposed.content_hash,
        proposed.origin_month_key,
        proposed.entity,
        proposed.component_id,
        proposed.measure,
        proposed.cause,
        proposed.correction_class,
        case
            when proposed.open_amount = 0 then 'booked'
            when approved.proposal_id is not null then 'approved'
            when proposed.correction_class = 'estimate' then 'proposed'
            when proposed.correction_class = 'blocked_ias38_71' then 'blocked'
            else 'for_judgement'
        end as status,
        approved.month_key as booking_month_key,
        proposed.currency_code,
        proposed.amount_as_closed,
        proposed.amount_now,
        proposed.difference_amount,
        proposed.booked_amount,
        proposed.open_amount
    from {{ ref('int_drift__proposed') }} as proposed
    left join {{ ref('int_true_ups__approved') }} as approved on proposed.proposal_id = approved.proposal_id
)

select * from final
