-- AI cost by month, vendor and tool in reporting currency, with the seats of the tool and who used it; a count of one
-- to four people is null, and so are seats from which the people who used them leave one to four.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

shown as (
    select months.month_key
    from {{ ref('dim_months') }} as months
    inner join run_month on months.month_index > run_month.month_index - 13
),

lines as (
    select
        costs.cost_line_id,
        costs.month_key,
        costs.vendor,
        costs.tool,
        costs.price_basis,
        costs.currency_code,
        sum(costs.amount) as amount
    from {{ ref('fct_ai_costs') }} as costs
    inner join shown on costs.month_key = shown.month_key
    where costs.price_basis = 'invoiced'
    group by
        costs.cost_line_id, costs.month_key, costs.vendor, costs.tool, costs.price_basis, costs.currency_code
),

converted as (
    select
        lines.month_key,
        lines.vendor,
        lines.tool,
        named.charge_type,
        {{ convert_money('cast(lines.amount as decimal(18, 2))', 'coalesce(rates.rate, 0)', 'settings.minor_digits') }}
            as amount
    from lines
    cross join {{ ref('int_settings__run') }} as settings
    inner join {{ ref('int_ai__invoiced') }} as named
        on lines.cost_line_id = named.cost_line_id
    left join {{ ref('int_fx__averages') }} as rates
        on
            lines.month_key = rates.month_key
            and lines.currency_code = rates.from_currency
            and settings.reporting_currency = rates.to_currency
),

seats as (
    select
        month_key,
        tool,
        sum(case when seat_day_count > 0 then 1 else 0 end) as seat_count,
        sum(case when active_day_count > 0 then 1 else 0 end) as active_count,
        sum(case when seat_day_count > 0 then 1 else 0 end) - sum(case when active_day_count > 0 then 1 else 0 end)
            as idle_count
    from {{ ref('int_ai__used_months') }}
    group by month_key, tool
),

final as (
    select
        converted.month_key,
        converted.vendor,
        converted.tool,
        cast(case
            when min(seats.seat_count) between 1 and 4 or min(seats.idle_count) between 1 and 4 then null
            else coalesce(min(seats.seat_count), 0)
        end as integer) as seat_count,
        cast(case
            when min(seats.active_count) between 1 and 4 then null
            else coalesce(min(seats.active_count), 0)
        end as integer) as active_count,
        cast(sum(case when converted.charge_type = 'seat' then converted.amount else 0 end) as decimal(18, 2))
            as seat_amount,
        cast(sum(case when converted.charge_type = 'metered' then converted.amount else 0 end) as decimal(18, 2))
            as metered_amount,
        cast(sum(case when converted.charge_type = 'other' then converted.amount else 0 end) as decimal(18, 2))
            as other_amount
    from converted
    left join seats
        on converted.month_key = seats.month_key and converted.tool = seats.tool
    group by converted.month_key, converted.vendor, converted.tool
)

select * from final
