-- Impairments, disposals and changes of life of every asset: the history of the register.
with final as (
    select
        events.event_id,
        events.component_id || '|' || events.entity as asset_key,
        events.entity,
        events.month_key,
        events.event_type,
        assets.currency_code,
        events.amount,
        events.proceeds_amount,
        events.remaining_months,
        events.effective_date
    from {{ ref('fct_asset_events') }} as events
    inner join {{ ref('fct_assets') }} as assets
        on events.component_id = assets.component_id and events.entity = assets.entity
    inner join {{ ref('dim_months') }} as months on months.is_run_month
    where events.month_key <= months.month_key
)

select * from final
