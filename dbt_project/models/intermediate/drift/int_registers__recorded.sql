-- What is recorded today as paid or billed, in its own currency.
with recorded as (
    select
        month as month_key,
        person_id,
        pay_component,
        'NONE' as cost_line_id,
        currency as currency_code,
        amount
    from {{ source('company', 'payroll') }}
    union all
    select
        month as month_key,
        'NONE' as person_id,
        'ai_' || charge_type as pay_component,
        cost_line_id,
        currency as currency_code,
        net_amount as amount
    from {{ ref('inp_ai_costs') }}
    where price_basis = 'invoiced'
    union all
    select
        month as month_key,
        'NONE' as person_id,
        'other_' || nature as pay_component,
        'NONE' as cost_line_id,
        currency as currency_code,
        amount
    from {{ source('company', 'other_costs') }}
),

final as (
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
)

select * from final
