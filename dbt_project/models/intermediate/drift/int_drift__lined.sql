-- What closed months would say if they were computed today, line by line, with cause and class of correction.
with gathered as (
    select
        month_key,
        entity,
        person_id,
        work_item_key,
        component_id,
        'capitalised_cost' as measure,
        cause,
        currency_code,
        difference_amount
    from {{ ref('int_drift__caused') }}
    union all
    select
        month_key,
        entity,
        'NONE' as person_id,
        'NONE' as work_item_key,
        component_id,
        'amortization' as measure,
        cause,
        currency_code,
        today_amount - closed_amount as difference_amount
    from {{ ref('int_drift__amortization') }}
),

final as (
    select
        gathered.month_key,
        gathered.entity,
        gathered.person_id,
        gathered.work_item_key,
        gathered.component_id,
        gathered.measure,
        gathered.cause,
        {{ correction_class('gathered.cause', 'applied.framework', 'gathered.difference_amount', 'gathered.measure') }}
            as correction_class,
        gathered.currency_code,
        cast(gathered.difference_amount as decimal(18, 2)) as difference_amount
    from gathered
    inner join {{ ref('int_policies__applied') }} as applied
        on gathered.entity = applied.entity and gathered.month_key = applied.month_key
)

select * from final
