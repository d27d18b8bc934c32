-- Cost and minutes of each value stream and category; cells of fewer than five people, and the next smallest beside
-- them, stand together as `other`, so that totals do not reveal them (small streams as `OTHER`).
with run_month as (
    select * from {{ ref('dim_months') }}
    where is_run_month
),

cells as (
    select * from {{ ref('int_investments__celled') }}
),

costs as (
    select
        detail.value_stream_id,
        detail.category,
        sum(detail.minutes) as minutes,
        sum({{ convert_money('detail.capex_amount', 'detail.fx_rate', 'settings.minor_digits') }}) as capex_amount,
        sum({{ convert_money('detail.opex_amount', 'detail.fx_rate', 'settings.minor_digits') }}) as opex_amount
    from {{ ref('rpt_finance__cost_detail') }} as detail
    cross join {{ ref('int_settings__run') }} as settings
    group by detail.value_stream_id, detail.category
),

earlier as (
    select
        costs.value_stream_id,
        costs.category,
        sum(case when months.month_index = run_month.month_index - 1 then costs.reporting_amount else 0 end)
            as prior_amount,
        sum(case when months.fiscal_year = run_month.fiscal_year then costs.reporting_amount else 0 end) as year_amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months
        on costs.month_key = months.month_key
    inner join run_month
        on months.month_index < run_month.month_index
    group by costs.value_stream_id, costs.category
),

amounts as (
    select
        value_stream_id,
        category,
        minutes,
        capex_amount,
        opex_amount,
        0 as prior_amount,
        0 as year_amount
    from costs
    union all
    select
        value_stream_id,
        category,
        0 as minutes,
        0 as capex_amount,
        0 as opex_amount,
        prior_amount,
        year_amount
    from earlier
),

final as (
    select
        coalesce(cells.shown_stream_id, 'OTHER') as value_stream_id,
        coalesce(cells.shown_category, 'other') as category,
        cast(sum(amounts.minutes) as bigint) as minutes,
        cast(sum(amounts.capex_amount) as decimal(18, 2)) as capex_amount,
        cast(sum(amounts.opex_amount) as decimal(18, 2)) as opex_amount,
        cast(sum(amounts.prior_amount) as decimal(18, 2)) as prior_amount,
        cast(sum(amounts.year_amount) as decimal(18, 2)) as year_before_amount,
        cast(coalesce(min(own.target_ratio), min(common.target_ratio)) as decimal(18, 8)) as target_ratio
    from amounts
    left join cells
        on amounts.value_stream_id = cells.value_stream_id and amounts.category = cells.category
    left join {{ ref('int_targets__current') }} as own
        on cells.shown_category = own.category and cells.shown_stream_id = own.value_stream_id
    left join {{ ref('int_targets__current') }} as common
        on cells.shown_category = common.category and common.value_stream_id = 'COMPANY'
    group by coalesce(cells.shown_stream_id, 'OTHER'), coalesce(cells.shown_category, 'other')
)

select * from final
