with cip as (
    select
        cip.*,
        lag(cip.closing_amount, 1, cip.opening_amount) over (
            partition by cip.component_id, cip.entity order by cip.month_number
        ) as brought_forward_amount
    from {{ ref('int_cip__monthly') }} as cip
),

used as (
    select
        monthly.*,
        lag(monthly.gross_closing_amount, 1, monthly.gross_taken_over) over (
            partition by monthly.component_id, monthly.entity order by monthly.month_number
        ) as gross_brought_forward,
        lag(monthly.accumulated_closing_amount, 1, monthly.accumulated_taken_over) over (
            partition by monthly.component_id, monthly.entity order by monthly.month_number
        ) as accumulated_brought_forward
    from {{ ref('int_assets__monthly') }} as monthly
),

movements as (
    {% for balance, relation, movement, amount in [
        ('cip', 'cip', "'opening'", 'brought_forward_amount'),
        ('cip', 'cip', "'addition'", 'addition_amount'),
        ('cip', 'cip', "'true_up'", 'true_up_amount'),
        ('cip', 'cip', "'transition'", 'transition_amount'),
        ('cip', 'cip', "'impairment'", '-impairment_amount'),
        ('cip', 'cip', "cleared_by", '-cleared_amount'),
        ('cip', 'cip', "'closing'", 'closing_amount'),
        ('gross', 'used', "'opening'", 'gross_brought_forward'),
        ('gross', 'used', "'transfer_to_service'", 'transfer_amount'),
        ('gross', 'used', "end_type", '-gross_removed_amount'),
        ('gross', 'used', "'closing'", 'gross_closing_amount'),
        ('accumulated', 'used', "'opening'", 'accumulated_brought_forward'),
        ('accumulated', 'used', "'amortization'", 'amortization_amount'),
        ('accumulated', 'used', "'true_up'", 'true_up_amount'),
        ('accumulated', 'used', "'transition'", 'transition_amount'),
        ('accumulated', 'used', "'impairment'", 'impairment_amount'),
        ('accumulated', 'used', "end_type", '-accumulated_removed_amount'),
        ('accumulated', 'used', "'closing'", 'accumulated_closing_amount'),
    ] -%}
        select
            component_id,
            entity,
            month_key,
            '{{ balance }}' as balance,
            {{ movement }} as movement_type,
            {{ amount }} as amount
        from {{ relation }}
        {%- if movement not in ["'opening'", "'closing'"] %}
            where {{ amount | replace('-', '') }} <> 0
        {%- endif %}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

summed as (
    select
        movements.component_id,
        movements.entity,
        movements.month_key,
        movements.balance,
        movements.movement_type,
        assets.currency_code,
        cast(sum(movements.amount) as decimal(18, 2)) as amount
    from movements
    inner join {{ ref('int_assets__listed') }} as assets
        on movements.component_id = assets.component_id and movements.entity = assets.entity
    group by
        movements.component_id, movements.entity, movements.month_key, movements.balance, movements.movement_type,
        assets.currency_code
),

-- Opening balances at the closing rate of the month before, flows at the average, closing ones at the closing rate.
translated as (
    select
        summed.*,
        {{ convert_money('summed.amount', 'rates.rate', 'rates.minor_digits') }} as reporting_amount
    from summed
    left join {{ ref('int_fx__movement_rates') }} as rates
        on
            summed.month_key = rates.month_key
            and summed.currency_code = rates.currency_code
            and case when summed.movement_type in ('opening', 'closing') then summed.movement_type else 'flow' end
            = rates.rate_use
),

-- What the rates alone have changed; unknown where a rate is.
differences as (
    select
        component_id,
        entity,
        month_key,
        balance,
        'fx' as movement_type,
        currency_code,
        cast(0 as decimal(18, 2)) as amount,
        cast(
            sum(case when movement_type = 'closing' then reporting_amount else -reporting_amount end)
            as decimal(18, 2)
        ) as reporting_amount
    from translated
    group by component_id, entity, month_key, balance, currency_code
    having
        count(*) = count(reporting_amount)
        and sum(case when movement_type = 'closing' then reporting_amount else -reporting_amount end) <> 0
),

final as (
    select
        component_id,
        entity,
        month_key,
        balance,
        movement_type,
        currency_code,
        amount,
        cast(reporting_amount as decimal(18, 2)) as reporting_amount
    from translated
    union all
    select * from differences
)

select * from final
