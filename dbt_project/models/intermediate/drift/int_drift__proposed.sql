-- The drift of a component and cause, as a walk from what was closed to what holds today; part of it may be
-- booked already by true-ups of closed months.
with summed as (
    select
        month_key,
        entity,
        component_id,
        measure,
        cause,
        correction_class,
        currency_code,
        sum(difference_amount) as difference_amount
    from {{ ref('int_drift__lined') }}
    group by month_key, entity, component_id, measure, cause, correction_class, currency_code
),

closed_amounts as (
    select
        month_key,
        entity,
        component_id,
        'capitalised_cost' as measure,
        sum(capex_amount) as amount
    from {{ source('closed', 'fct_capitalization') }}
    group by month_key, entity, component_id
    union all
    select
        month_key,
        entity,
        component_id,
        'amortization' as measure,
        sum(amortization_amount) as amount
    from {{ source('closed', 'fct_amortization') }}
    group by month_key, entity, component_id
),

walked as (
    select
        summed.month_key || ':' || summed.entity || ':' || summed.component_id || ':' || summed.cause
        || case when summed.measure = 'amortization' then ':amortization' else '' end
        || case when summed.correction_class = 'blocked_ias38_71' then ':blocked' else '' end as proposal_id,
        summed.*,
        coalesce(closed_amounts.amount, 0) + sum(summed.difference_amount) over (
            partition by summed.month_key, summed.entity, summed.component_id, summed.measure
            order by summed.cause, summed.correction_class
            rows between unbounded preceding and current row
        ) as amount_now
    from summed
    left join closed_amounts
        on
            summed.month_key = closed_amounts.month_key
            and summed.entity = closed_amounts.entity
            and summed.component_id = closed_amounts.component_id
            and summed.measure = closed_amounts.measure
),

booked as (
    select
        proposal_id,
        sum(amount) as amount
    from {{ source('closed', 'fct_true_ups') }}
    group by proposal_id
),

valued as (
    select
        walked.proposal_id,
        walked.month_key as origin_month_key,
        walked.entity,
        walked.component_id,
        walked.measure,
        walked.cause,
        walked.correction_class,
        walked.currency_code,
        cast(walked.amount_now - walked.difference_amount as decimal(18, 2)) as amount_as_closed,
        cast(walked.amount_now as decimal(18, 2)) as amount_now,
        cast(walked.difference_amount as decimal(18, 2)) as difference_amount,
        cast(coalesce(booked.amount, 0) as decimal(18, 2)) as booked_amount,
        cast(walked.difference_amount - coalesce(booked.amount, 0) as decimal(18, 2)) as open_amount
    from walked
    left join booked on walked.proposal_id = booked.proposal_id
),

final as (
    select
        *,
        {{ dbt.hash(
            "proposal_id || '|' || cast(amount_as_closed as varchar) || '|' || cast(amount_now as varchar) || '|'"
            ~ " || cast(booked_amount as varchar) || '|' || currency_code"
        ) }} as content_hash
    from valued
)

select * from final
