-- The asset register: every asset that is or was in service, what went into it, and where that work was done.
with placed as (
    select
        component_id,
        entity,
        cast(sum(case when work_country = 'US' then capex_amount else 0 end) as decimal(18, 2)) as domestic_amount,
        cast(sum(case when work_country not in ('US', 'NONE') then capex_amount else 0 end) as decimal(18, 2))
            as foreign_amount,
        cast(sum(case when work_country = 'NONE' then capex_amount else 0 end) as decimal(18, 2)) as unplaced_amount
    from {{ ref('fct_capitalization') }}
    where treatment = 'capex'
    group by component_id, entity
),

evidence as (
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
        assets.parent_component_id,
        assets.first_month_key,
        cast(assets.life_months as integer) as life_months,
        cast(assets.remaining_months as integer) as remaining_months,
        assets.cost_amount,
        assets.accumulated_amount,
        assets.impairment_amount,
        assets.opening_cost_amount,
        assets.labour_amount,
        assets.stock_compensation_amount,
        assets.contractor_amount,
        assets.ai_amount,
        assets.interest_amount,
        assets.other_amount,
        coalesce(placed.domestic_amount, cast(0 as decimal(18, 2))) as domestic_amount,
        coalesce(placed.foreign_amount, cast(0 as decimal(18, 2))) as foreign_amount,
        coalesce(placed.unplaced_amount, cast(0 as decimal(18, 2))) as unplaced_amount,
        assets.ready_date,
        assets.amortization_start_date,
        assets.disposed_date as disposal_date
    from {{ ref('fct_assets') }} as assets
    left join placed on assets.component_id = placed.component_id and assets.entity = placed.entity
    left join evidence on assets.component_id = evidence.component_id
    where assets.ready_date is not null or assets.cost_amount <> 0
)

select * from final
