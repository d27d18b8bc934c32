-- The adoption paper: each asset under ASC 350-40 before and after ASU 2025-06, and what each transition would do.
with final as (
    select
        effects.component_id || '|' || effects.entity as asset_key,
        effects.component_id,
        coalesce(components.component_name, effects.component_id) as component_name,
        effects.entity,
        effects.policy_id,
        effects.status,
        effects.amended_window_state,
        effects.currency_code,
        effects.cip_amount,
        effects.net_book_value_amount,
        effects.legacy_month_amount,
        effects.amended_month_amount,
        effects.legacy_amount,
        effects.amended_amount,
        effects.prospective_equity_amount,
        effects.modified_equity_amount,
        effects.retrospective_cost_amount,
        effects.retrospective_accumulated_amount,
        effects.retrospective_equity_amount,
        effects.is_applied
    from {{ ref('fct_adoption_effects') }} as effects
    left join {{ ref('dim_components') }} as components on effects.component_id = components.component_id
)

select * from final
