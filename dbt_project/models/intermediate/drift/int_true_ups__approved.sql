-- Estimates that a person approved with the content as it stands: they are booked in the first open month.
with opened as (
    select {{ first_open_date() }} as first_open_date
),

-- A person may approve a proposal twice; once is enough.
approvals as (
    select
        approvals.proposal_id,
        approvals.content_hash,
        approvals.approved_by,
        row_number() over (
            partition by approvals.proposal_id, approvals.content_hash
            order by approvals.approved_at, approvals.approved_by
        ) as approval_rank
    from {{ source('company', 'true_up_approvals') }} as approvals
    cross join {{ source('company', 'settings') }} as settings
    where settings.as_of_at is null or approvals.approved_at <= settings.as_of_at
),

final as (
    select
        months.month_key,
        proposed.proposal_id,
        proposed.content_hash,
        proposed.origin_month_key,
        proposed.entity,
        proposed.component_id,
        proposed.measure,
        proposed.cause,
        approvals.approved_by,
        proposed.currency_code,
        proposed.open_amount as amount,
        months.first_date
    from {{ ref('int_drift__proposed') }} as proposed
    cross join opened
    inner join {{ source('company', 'months') }} as months on opened.first_open_date = months.first_date
    inner join approvals
        on
            proposed.proposal_id = approvals.proposal_id
            and proposed.content_hash = approvals.content_hash
            and approvals.approval_rank = 1
    where
        proposed.correction_class = 'estimate'
        and proposed.open_amount <> 0
        and proposed.component_id <> 'NONE'
)

select * from final
