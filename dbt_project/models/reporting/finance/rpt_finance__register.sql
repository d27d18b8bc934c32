-- The asset register: every asset that is or was in service.
with evidence as (
    select
        component_id,
        min(evidence_url) as evidence_url
    from {{ ref('int_gates__counted') }}
    where evidence_url is not null
    group by component_id
),

final as (
    select
        assets.component_id || '|' || assets.entity as asset_key,
        assets.component_id,
        assets.component_name,
        assets.entity,
        assets.asset_class,
        assets.value_stream_id,
        assets.status,
        assets.convention,
        assets.method,
        assets.policy_id,
        case when assets.scope = 'cca' then 'prepaid implementation' else 'internally generated' end as note_group,
        assets.amortization_account,
        evidence.evidence_url,
        assets.currency_code,
        cast(assets.life_months as integer) as life_months,
        cast(assets.remaining_months as integer) as remaining_months,
        assets.cost_amount,
        assets.accumulated_amount,
        assets.impairment_amount,
        assets.ready_date,
        assets.amortization_start_date,
        assets.disposed_date as disposal_date
    from {{ ref('fct_assets') }} as assets
    left join evidence on assets.component_id = evidence.component_id
    where assets.ready_date is not null or assets.cost_amount <> 0
)

select * from final
