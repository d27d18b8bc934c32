-- Cost of thirteen months to the run month, by stream, component and nature, in reporting currency.
with run_month as (
    select month_index from {{ ref('dim_months') }}
    where is_run_month
),

costs as (
    select
        capitalization.month_key,
        capitalization.value_stream_id,
        capitalization.component_id,
        {{ cost_nature('capitalization.pay_component', 'capitalization.worker_type') }} as nature,
        capitalization.treatment,
        capitalization.reporting_amount
    from {{ ref('fct_capitalization') }} as capitalization
    inner join {{ ref('dim_months') }} as months
        on capitalization.month_key = months.month_key
    inner join run_month
        on
            months.month_index > run_month.month_index - 13
            and months.month_index <= run_month.month_index
),

final as (
    select
        month_key,
        value_stream_id,
        component_id,
        nature,
        cast(sum(case when treatment = 'capex' then reporting_amount else 0 end) as decimal(18, 2)) as capex_amount,
        cast(sum(case when treatment = 'opex' then reporting_amount else 0 end) as decimal(18, 2)) as opex_amount
    from costs
    group by month_key, value_stream_id, component_id, nature
)

select * from final
