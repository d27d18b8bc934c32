{%- set decisive = [
    'verdicts.policy_hash', 'priced.role_class', 'priced.worker_type', 'priced.work_country', 'priced.pay_component',
    'priced.work_item_key', 'priced.value_stream_id', 'priced.component_id', 'verdicts.activity',
    'verdicts.evidence_tier', 'verdicts.window_state', 'verdicts.override_id', 'priced.amount', 'priced.from_date',
    'priced.to_date',
] -%}
{{ config(materialized='view') }}

-- Texts of a verdict and the hash stand in no table: millions of rows end in some dozens of verdicts.
with final as (
    select
        priced.person_id,
        priced.month_key,
        priced.entity,
        priced.cost_center,
        priced.work_country,
        priced.worker_type,
        priced.role_class,
        priced.team,
        priced.pay_component,
        priced.cost_line_id,
        priced.work_item_key,
        priced.value_stream_id,
        priced.component_id,
        verdicts.activity,
        verdicts.category,
        verdicts.flow_type,
        verdicts.evidence_tier,
        verdicts.window_state,
        verdicts.treatment,
        verdicts.rule_id,
        verdicts.policy_id,
        verdicts.reason,
        verdicts.citation,
        verdicts.override_id,
        {{ dbt.hash('concat(' ~ decisive | join(", '|', ") ~ ')') }} as inputs_hash,
        priced.currency_code,
        verdicts.policy_version,
        priced.minutes,
        priced.amount,
        case when verdicts.treatment = 'capex' then priced.amount else cast(0 as decimal(18, 2)) end as capex_amount,
        case when verdicts.treatment = 'opex' then priced.amount else cast(0 as decimal(18, 2)) end as opex_amount,
        priced.reporting_amount,
        priced.from_date,
        priced.to_date
    from {{ ref('int_capitalization__priced') }} as priced
    inner join {{ ref('int_verdicts__listed') }} as verdicts
        on priced.verdict_number = verdicts.verdict_number
)

select * from final
