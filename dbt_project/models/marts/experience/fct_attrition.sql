-- Employees by month: on board at its end, joined, left. Who leaves one spell for another has not left.
with spells as (
    select
        person_id,
        min(start_date) as start_date,
        max(coalesce(end_date, cast('9999-12-31' as date))) as end_date
    from {{ source('company', 'people') }}
    where worker_type = 'employee' and role_class <> 'agent'
    group by person_id
),

pay as (
    select
        costs.month_key,
        sum(costs.reporting_amount) as pay_amount,
        count(distinct costs.person_id) as person_count
    from {{ ref('fct_cost_allocations') }} as costs
    where costs.cost_line_id = 'NONE' and costs.worker_type = 'employee' and costs.person_id <> 'NONE'
    group by costs.month_key
),

final as (
    select
        months.month_key,
        cast(sum(
            case when spells.start_date <= months.last_date and spells.end_date > months.last_date then 1 else 0 end
        ) as integer) as headcount,
        cast(sum(
            case when spells.start_date between months.first_date and months.last_date then 1 else 0 end
        ) as integer) as joined_count,
        cast(sum(
            case when spells.end_date between months.first_date and months.last_date then 1 else 0 end
        ) as integer) as left_count,
        case when max(pay.person_count) >= 5 then cast(max(pay.person_count) as integer) end as paid_count,
        case when max(pay.person_count) >= 5 then cast(max(pay.pay_amount) as decimal(18, 2)) end as pay_amount
    from {{ source('company', 'months') }} as months
    left join spells
        on spells.start_date <= months.last_date and spells.end_date >= months.first_date
    left join pay
        on months.month_key = pay.month_key
    group by months.month_key
)

select * from final
