-- Assets still carried, with what speaks for an impairment, an abandonment or another life.
with final as (
    select
        component_id || '|' || entity as asset_key,
        component_id,
        component_name,
        entity,
        value_stream_id,
        asset_class,
        status,
        currency_code,
        conclusion,
        conclusion_approved_by,
        cip_amount,
        net_book_value_amount,
        cost_to_date_amount,
        budget_amount,
        inactive_days,
        idle_days,
        suspended_days,
        epic_count,
        cancelled_epic_count,
        signal_count,
        is_cancelled,
        is_suspended,
        is_idle,
        is_over_budget,
        is_being_removed,
        is_end_planned,
        last_commit_date,
        last_deployment_date,
        last_activity_date,
        planned_end_date
    from {{ ref('fct_asset_signals') }}
)

select * from final
