-- The walk from closed to today in four steps: price, evidence, place, treatment. Each step is computed with
-- the later ones still as closed, so the steps add up to the difference, whatever each of them is.
with priced as (
    select
        *,
        case
            when closed_pool = 0 or today_pool = 0 then today_capex
            else {{ scaled_amount('closed_capex', 'today_pool', 'closed_pool') }}
        end as after_price
    from {{ ref('int_drift__cells') }}
),

-- An item that is new or gone, and a pool that is, leaves nothing for the later steps.
worked as (
    select
        *,
        case
            when closed_pool = 0 or today_pool = 0 or closed_item = 0 or today_item = 0 then today_capex
            else {{ scaled_amount('closed_capex', 'today_item', 'closed_item') }}
        end as after_evidence
    from priced
),

final as (
    select
        *,
        case
            when closed_pool = 0 or today_pool = 0 or closed_item = 0 or today_item = 0 then today_capex
            when closed_amount = 0 or today_amount = 0 then today_capex
            else {{ scaled_amount('closed_capex', 'today_amount', 'closed_amount') }}
        end as after_place
    from worked
)

select * from final
