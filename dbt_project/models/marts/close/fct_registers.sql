-- What was recorded as paid or billed, in its own currency: what a change of pay is told from a change of rate by.
with recorded as (
    select month as month_key, person_id, pay_component, 'NONE' as cost_line_id, currency as currency_code, amount
    from {{ source('company', 'payroll') }}
    union all
    select month, 'NONE', 'ai_' || charge_type, cost_line_id, currency, net_amount
    from {{ source('company', 'ai_costs') }}
    where price_basis = 'invoiced'
    union all
    select month, 'NONE', 'other_' || nature, 'NONE', currency, amount
    from {{ source('company', 'other_costs') }}
),

computed as (
    select
        recorded.month_key,
        recorded.person_id,
        recorded.pay_component,
        recorded.cost_line_id,
        recorded.currency_code,
        cast(sum(recorded.amount) as decimal(18, 2)) as amount
    from recorded
    inner join {{ source('company', 'months') }} as months on recorded.month_key = months.month_key
    group by
        recorded.month_key, recorded.person_id, recorded.pay_component, recorded.cost_line_id, recorded.currency_code
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
