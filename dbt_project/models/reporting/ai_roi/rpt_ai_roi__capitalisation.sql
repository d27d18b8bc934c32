-- Labour and what of it is capitalised, in teams that have the tools and in those that never had, by month.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

final as (
    select
        labour.month_key,
        case when labour.is_ever_treated then 'teams that have the tools' else 'teams without' end as team_group,
        cast(sum(labour.pay_amount) as decimal(18, 2)) as pay_amount,
        cast(sum(labour.capex_amount) as decimal(18, 2)) as capex_amount,
        cast(sum(labour.minutes) as bigint) as minutes
    from {{ ref('int_ai__team_months') }} as labour
    inner join {{ ref('dim_months') }} as months
        on labour.month_key = months.month_key
    inner join run_month
        on months.month_index between run_month.month_index - 12 and run_month.month_index
    group by labour.month_key, labour.is_ever_treated
)

select * from final
