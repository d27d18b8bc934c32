-- A cost row's amount over its segments; the policy that applies and its counterpart share it each for themselves.
with priced as (
    select
        merged.*,
        currencies.minor_digits,
        {{ to_minor('allocations.amount', 'currencies.minor_digits') }} as amount_minor
    from {{ ref('int_segments__merged') }} as merged
    inner join {{ ref('int_allocations__identified') }} as allocations
        on merged.allocation_id = allocations.allocation_id
    inner join {{ source('company', 'currencies') }} as currencies
        on allocations.currency_code = currencies.currency_code
),

split as (
    {{ largest_remainder(
        'priced',
        columns=['allocation_id', 'verdict_number', 'minor_digits', 'minutes', 'is_applied', 'from_date', 'to_date'],
        amount='amount_minor',
        weight='weight',
        partition_by=['allocation_id', 'is_applied'],
        order_by=['from_date', 'verdict_number'],
        allocated='part_minor'
    ) }}
),

final as (
    select
        allocation_id,
        verdict_number,
        minutes,
        {{ from_minor('part_minor', 'minor_digits') }} as amount,
        is_applied,
        from_date,
        to_date
    from split
)

select * from final
