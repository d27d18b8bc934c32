-- Impairments, disposals and changes of life with the month in which they are booked.
with booked as (
    select
        events.event_id,
        events.component_id,
        events.entity,
        months.month_key,
        events.event_type,
        cast(events.amount as decimal(18, 2)) as amount,
        cast(events.proceeds_amount as decimal(18, 2)) as proceeds_amount,
        cast(events.remaining_months as integer) as remaining_months,
        cast(events.current_revenue_amount as decimal(18, 2)) as current_revenue_amount,
        cast(events.future_revenue_amount as decimal(18, 2)) as future_revenue_amount,
        events.is_in_service,
        events.effective_date
    from {{ ref('int_asset_events__counted') }} as events
    inner join {{ ref('int_months__numbered') }} as months on events.month_number = months.month_number
),

final as (
    {{ open_and_closed('booked') }}
)

select * from final
