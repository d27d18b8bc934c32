-- What each pay line cost at closing and today, and whether the register or only its price changed.
with pools as (
    select
        month_key,
        case when cost_line_id = 'NONE' then person_id else 'NONE' end as pool_person_id,
        pay_component,
        cost_line_id,
        currency_code,
        sum(case when reading = 'closed' then amount else 0 end) as closed_amount,
        sum(case when reading = 'today' then amount else 0 end) as today_amount
    from {{ ref('int_drift__cost_rows') }}
    group by
        month_key, case when cost_line_id = 'NONE' then person_id else 'NONE' end, pay_component, cost_line_id,
        currency_code
),

registers as (
    select
        month_key,
        person_id,
        pay_component,
        cost_line_id,
        currency_code,
        sum(case when reading = 'closed' then amount else -amount end) as difference
    from (
        select
            'closed' as reading,
            month_key,
            person_id,
            pay_component,
            cost_line_id,
            currency_code,
            amount
        from {{ source('closed', 'fct_registers') }}
        union all
        select
            'today' as reading,
            month_key,
            person_id,
            pay_component,
            cost_line_id,
            currency_code,
            amount
        from {{ ref('int_registers__recorded') }}
    ) as recorded
    group by month_key, person_id, pay_component, cost_line_id, currency_code
),

changed as (
    select distinct
        month_key,
        person_id,
        pay_component,
        cost_line_id
    from registers
    where difference <> 0
),

final as (
    select
        pools.month_key,
        pools.pool_person_id,
        pools.pay_component,
        pools.cost_line_id,
        pools.currency_code,
        cast(pools.closed_amount as decimal(18, 2)) as closed_amount,
        cast(pools.today_amount as decimal(18, 2)) as today_amount,
        case
            when changed.month_key is not null then 'late_pay'
            when coalesce(people.is_roster_changed, false) then 'roster'
            else 'rate'
        end as pay_cause
    from pools
    left join changed
        on
            pools.month_key = changed.month_key
            and pools.pool_person_id = changed.person_id
            and pools.pay_component = changed.pay_component
            and case when pools.pay_component like 'ai_%' then pools.cost_line_id else 'NONE' end = changed.cost_line_id
    left join {{ ref('int_drift__people') }} as people
        on pools.month_key = people.month_key and pools.pool_person_id = people.person_id
)

select * from final
