-- Identical cost rows before and after ASU 2025-06, one row a pair of rules: the adoption paper's support.
with decided as (
    select
        segments.allocation_id,
        policies.framework = 'US_350_40_LEGACY' as is_legacy,
        case
            when min(verdicts.rule_id) = max(verdicts.rule_id) then min(verdicts.rule_id)
            else 'SEVERAL'
        end as rule_id,
        sum(segments.amount) as amount,
        sum(case when verdicts.treatment = 'capex' then segments.amount else 0 end) as capex_amount
    from {{ ref('int_segments__valued') }} as segments
    inner join {{ ref('int_verdicts__listed') }} as verdicts on segments.verdict_number = verdicts.verdict_number
    inner join {{ source('company', 'policies') }} as policies on verdicts.policy_id = policies.policy_id
    where policies.framework in ('US_350_40_LEGACY', 'US_350_40_ASU2025_06')
    group by segments.allocation_id, policies.framework
),

final as (
    select
        allocations.month_key,
        allocations.entity,
        allocations.component_id,
        legacy.rule_id as legacy_rule_id,
        amended.rule_id as amended_rule_id,
        allocations.currency_code,
        cast(count(*) as bigint) as row_count,
        cast(sum(legacy.amount) as decimal(18, 2)) as amount,
        cast(sum(legacy.capex_amount) as decimal(18, 2)) as legacy_capex_amount,
        cast(sum(amended.capex_amount) as decimal(18, 2)) as amended_capex_amount
    from decided as legacy
    inner join decided as amended on legacy.allocation_id = amended.allocation_id and not amended.is_legacy
    inner join {{ ref('int_allocations__identified') }} as allocations
        on legacy.allocation_id = allocations.allocation_id
    where legacy.is_legacy
    group by
        allocations.month_key, allocations.entity, allocations.component_id, legacy.rule_id, amended.rule_id,
        allocations.currency_code
    union all
    {{ kept_comparison('compared_policies', [
        'month_key', 'entity', 'component_id', 'legacy_rule_id', 'amended_rule_id', 'currency_code', 'row_count',
        'amount', 'legacy_capex_amount', 'amended_capex_amount',
    ]) }}
)

select * from final
