-- Cost and minutes of each value stream and category as the month shows them: cells of fewer than five people stand
-- together with the next smallest as `other` (small streams as `OTHER`), so that totals do not reveal them.
with run_month as (
    select * from {{ ref('dim_months') }}
    where is_run_month
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

shown_now as (
    select
        cells.shown_stream_id,
        cells.shown_category,
        costs.minutes,
        costs.capex_amount,
        costs.opex_amount,
        0 as prior_amount,
        0 as year_amount
    from costs
    cross join run_month
    inner join {{ ref('int_investments__celled') }} as cells
        on
            run_month.month_key = cells.month_key
            and costs.value_stream_id = cells.value_stream_id
            and costs.category = cells.category
),

summed as (
    select
        month_key,
        value_stream_id,
        category,
        sum(reporting_amount) as amount
    from {{ ref('fct_capitalization') }}
    group by month_key, value_stream_id, category
),

shown_before as (
    select
        cells.shown_stream_id,
        cells.shown_category,
        0 as minutes,
        0 as capex_amount,
        0 as opex_amount,
        case when months.month_index = run_month.month_index - 1 then summed.amount else 0 end as prior_amount,
        case when months.fiscal_year = run_month.fiscal_year then summed.amount else 0 end as year_amount
    from summed
    inner join {{ ref('dim_months') }} as months
        on summed.month_key = months.month_key
    inner join run_month
        on
            months.month_index < run_month.month_index
            and (months.fiscal_year = run_month.fiscal_year or months.month_index = run_month.month_index - 1)
    inner join {{ ref('int_investments__celled') }} as cells
        on
            summed.month_key = cells.month_key
            and summed.value_stream_id = cells.value_stream_id
            and summed.category = cells.category
),

shown as (
    select * from shown_now
    union all
    select * from shown_before
),

final as (
    select
        shown.shown_stream_id as value_stream_id,
        shown.shown_category as category,
        cast(sum(shown.minutes) as bigint) as minutes,
        cast(sum(shown.capex_amount) as decimal(18, 2)) as capex_amount,
        cast(sum(shown.opex_amount) as decimal(18, 2)) as opex_amount,
        cast(sum(shown.prior_amount) as decimal(18, 2)) as prior_amount,
        cast(sum(shown.year_amount) as decimal(18, 2)) as year_before_amount,
        cast(coalesce(min(own.target_ratio), min(common.target_ratio)) as decimal(18, 8)) as target_ratio
    from shown
    left join {{ ref('int_targets__current') }} as own
        on shown.shown_category = own.category and shown.shown_stream_id = own.value_stream_id
    left join {{ ref('int_targets__current') }} as common
        on shown.shown_category = common.category and common.value_stream_id = 'COMPANY'
    group by shown.shown_stream_id, shown.shown_category
)

select * from final
