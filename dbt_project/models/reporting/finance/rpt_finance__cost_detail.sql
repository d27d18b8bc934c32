-- Every cost row of the month, stored because other relations add it up; minutes stand once for each piece of work, on
-- its first pay component.
{{ config(materialized='table') }}
with months as (
    select month_key from {{ ref('dim_months') }}
    where is_run_month
),

costs as (
    select
        capitalization.*,
        {{ cost_nature('capitalization.pay_component', 'capitalization.worker_type') }} as nature,
        {{ pay_rank('capitalization') }} as pay_rank
    from {{ ref('fct_capitalization') }} as capitalization
    inner join months
        on capitalization.month_key = months.month_key
),

evidence as (
    select
        efforts.person_id,
        efforts.month_key,
        efforts.work_item_key,
        efforts.evidence_tier,
        min(efforts.evidence_ref) as evidence_ref
    from {{ ref('fct_effort_days') }} as efforts
    inner join months
        on efforts.month_key = months.month_key
    group by efforts.person_id, efforts.month_key, efforts.work_item_key, efforts.evidence_tier
),

final as (
    select
        costs.entity,
        costs.cost_center,
        costs.pay_component,
        costs.cost_line_id,
        costs.nature,
        costs.component_id,
        coalesce(components.component_name, costs.component_id) as component_name,
        costs.value_stream_id,
        {{ person_key('costs.person_id', 'persons.display_name') }} as person_id,
        costs.role_class,
        costs.team,
        costs.work_country,
        costs.worker_type,
        costs.entity || '|' || costs.component_id || '|' || costs.work_country
        || '|' || {{ is_software_development('costs.activity') }}
        || '|' || {{ research_role('costs.pay_component', 'costs.worker_type', 'costs.role_class') }} as tax_key,
        costs.work_item_key,
        items.title as work_item_title,
        items.url as work_item_url,
        costs.activity,
        costs.category,
        costs.treatment,
        costs.rule_id,
        costs.citation,
        costs.reason,
        costs.policy_id,
        costs.evidence_tier,
        coalesce(evidence.evidence_ref, case when costs.cost_line_id <> 'NONE' then costs.cost_line_id end)
            as evidence_ref,
        case when costs.override_id <> 'NONE' then costs.override_id end as override_id,
        case
            when costs.treatment = 'capex' then 'capex'
            when costs.pay_component = 'severance' then 'severance'
            when costs.evidence_tier = 'L' or costs.work_item_key = 'NO_CAPACITY' then 'leave'
            when costs.evidence_tier = 'T6' then 'unattributed'
            when costs.rule_id = 'E-PAY' then 'overhead'
            when costs.rule_id like 'E-%' then 'ineligible'
            else 'outside'
        end as bridge_step,
        case when costs.treatment = 'capex' then costs.component_id || '|' || costs.entity else '-' end as asset_key,
        case
            when costs.treatment = 'capex' and applied.is_book
                then
                    {{ journal_type('costs.nature') }} || '|' || costs.component_id || '|' || costs.entity
                    || '|' || costs.cost_center
            else '-'
        end as journal_key,
        costs.currency_code,
        cast(costs.policy_version as integer) as policy_version,
        cast(case when costs.pay_rank = 1 then costs.minutes else 0 end as bigint) as minutes,
        costs.capex_amount,
        costs.opex_amount,
        cast(coalesce(rates.rate, 0) as decimal(18, 8)) as fx_rate,
        costs.from_date,
        costs.to_date
    from costs
    cross join {{ ref('int_settings__run') }} as settings
    inner join {{ ref('int_policies__applied') }} as applied
        on costs.entity = applied.entity and costs.month_key = applied.month_key
    left join {{ ref('int_fx__averages') }} as rates
        on
            costs.month_key = rates.month_key
            and costs.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
    left join {{ ref('dim_persons') }} as persons
        on costs.person_id = persons.person_id
    left join {{ ref('dim_components') }} as components
        on costs.component_id = components.component_id
    left join {{ ref('dim_work_items') }} as items
        on costs.work_item_key = items.work_item_key
    left join evidence
        on
            costs.person_id = evidence.person_id
            and costs.month_key = evidence.month_key
            and costs.work_item_key = evidence.work_item_key
            and costs.evidence_tier = evidence.evidence_tier
)

select * from final
