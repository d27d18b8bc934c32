{%- set decisive = [
    'applied.policy_hash', 'allocations.role_class', 'allocations.worker_type', 'allocations.work_country',
    'allocations.pay_component', 'allocations.work_item_key', 'allocations.value_stream_id',
    'allocations.component_id', 'verdicts.activity', 'verdicts.evidence_tier', 'verdicts.window_state',
    'verdicts.override_id', 'segments.amount', 'segments.from_date', 'segments.to_date',
] -%}

with final as (
    select
        allocations.person_id,
        allocations.month_key,
        allocations.entity,
        allocations.cost_center,
        allocations.work_country,
        allocations.worker_type,
        allocations.role_class,
        allocations.team,
        allocations.pay_component,
        allocations.cost_line_id,
        allocations.work_item_key,
        allocations.value_stream_id,
        allocations.component_id,
        verdicts.activity,
        verdicts.category,
        verdicts.flow_type,
        verdicts.evidence_tier,
        verdicts.window_state,
        verdicts.treatment,
        verdicts.rule_id,
        applied.policy_id,
        verdicts.reason,
        verdicts.citation,
        verdicts.override_id,
        {{ dbt.hash('concat(' ~ decisive | join(", '|', ") ~ ')') }} as inputs_hash,
        allocations.currency_code,
        applied.policy_version,
        segments.minutes,
        segments.amount,
        case when verdicts.treatment = 'capex' then segments.amount else cast(0 as decimal(18, 2)) end as capex_amount,
        case when verdicts.treatment = 'opex' then segments.amount else cast(0 as decimal(18, 2)) end as opex_amount,
        case
            when allocations.currency_code = settings.reporting_currency then segments.amount
            else {{ convert_money('segments.amount', 'rates.rate', 'reporting.minor_digits') }}
        end as reporting_amount,
        segments.from_date,
        segments.to_date
    from {{ ref('int_segments__valued') }} as segments
    inner join {{ ref('int_allocations__identified') }} as allocations
        on segments.allocation_id = allocations.allocation_id
    inner join {{ ref('int_verdicts__listed') }} as verdicts
        on segments.verdict_number = verdicts.verdict_number
    inner join {{ ref('int_policies__applied') }} as applied
        on allocations.entity = applied.entity and allocations.month_key = applied.month_key
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ source('company', 'currencies') }} as reporting
        on settings.reporting_currency = reporting.currency_code
    left join {{ ref('int_fx__averages') }} as rates
        on
            allocations.month_key = rates.month_key
            and allocations.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
    where segments.is_applied
)

select * from final
