with priced as (
    select
        merged.*,
        currencies.minor_digits,
        {{ to_minor('merged.amount', 'currencies.minor_digits') }} as amount_minor
    from {{ ref('int_segments__merged') }} as merged
    inner join {{ source('company', 'currencies') }} as currencies
        on merged.currency_code = currencies.currency_code
),

split as (
    {{ largest_remainder(
        'priced',
        columns=[
            'allocation_id', 'policy_id', 'is_applied', 'window_state', 'from_date', 'to_date', 'activity', 'evidence_tier',
            'category', 'flow_type', 'treatment', 'rule_id', 'reason', 'citation', 'override_id', 'minor_digits',
            'minutes',
        ],
        amount='amount_minor',
        weight='weight',
        partition_by=['allocation_id', 'policy_id'],
        order_by=['from_date', 'activity', 'evidence_tier', 'category', 'flow_type', 'rule_id', 'reason'],
        allocated='part_minor'
    ) }}
),

final as (
    select
        allocation_id, policy_id, window_state, from_date, to_date, activity, evidence_tier, category, flow_type,
        treatment, rule_id, reason, citation, override_id, minutes, is_applied,
        {{ from_minor('part_minor', 'minor_digits') }} as amount
    from split
)

select * from final
