-- One row a component: its gates, and what was capitalised for it before this month.
with run_month as (
    select * from {{ ref('dim_months') }}
    where is_run_month
),

gates as (
    select
        component_id,
        max(case when gate = 'authorised' then effective_date end) as authorised_date,
        max(case when gate = 'funding_committed' then effective_date end) as funding_date,
        max(case when gate = 'probable_to_complete' then effective_date end) as probable_date,
        sum(case gate when 'uncertainty_opened' then 1 when 'uncertainty_resolved' then -1 else 0 end)
            as open_uncertainty_count,
        min(evidence_url) as evidence_url
    from {{ ref('int_gates__counted') }}
    group by component_id
),

books as (
    select distinct applied.policy_id
    from {{ ref('int_policies__applied') }} as applied
    inner join run_month
        on applied.month_key = run_month.month_key
),

-- A policy that never closes its window (a view of management) has no first day: 1900 stands for always.
opened as (
    select
        windows.component_id,
        min(windows.from_date) as capitalisation_start_date
    from {{ ref('int_windows__dated') }} as windows
    inner join books
        on windows.policy_id = books.policy_id
    where windows.window_state = 'open' and windows.from_date > cast('1900-01-01' as date)
    group by windows.component_id
),

assets as (
    select
        component_id,
        min(status) as status,
        max(life_months) as life_months,
        min(ready_date) as ready_date
    from {{ ref('fct_assets') }}
    group by component_id
),

earlier as (
    select
        costs.component_id,
        sum(case when months.month_index = run_month.month_index - 1 then costs.reporting_amount else 0 end)
            as prior_amount,
        sum(case when months.fiscal_year = run_month.fiscal_year then costs.reporting_amount else 0 end) as year_amount,
        sum(costs.reporting_amount) as all_amount
    from {{ ref('fct_capitalization') }} as costs
    inner join {{ ref('dim_months') }} as months
        on costs.month_key = months.month_key
    inner join run_month
        on months.month_index < run_month.month_index
    where costs.treatment = 'capex'
    group by costs.component_id
),

final as (
    select
        components.component_id,
        components.component_name,
        components.value_stream_id,
        components.asset_class,
        coalesce(assets.status, 'no cost capitalised') as status,
        gates.evidence_url,
        cast(coalesce(assets.life_months, 0) as integer) as life_months,
        cast(coalesce(gates.open_uncertainty_count, 0) as integer) as open_uncertainty_count,
        cast(coalesce(earlier.prior_amount, 0) as decimal(18, 2)) as prior_capex_amount,
        cast(coalesce(earlier.year_amount, 0) as decimal(18, 2)) as year_before_capex_amount,
        cast(coalesce(earlier.all_amount, 0) as decimal(18, 2)) as all_before_capex_amount,
        {{ convert_money(
            'coalesce(plans.budget_amount, 0)', 'rates.closing_rate', 'settings.minor_digits'
        ) }}
            as budget_amount,
        gates.authorised_date,
        gates.funding_date,
        gates.probable_date,
        opened.capitalisation_start_date,
        assets.ready_date
    from {{ ref('dim_components') }} as components
    cross join {{ ref('int_settings__run') }} as settings
    left join {{ ref('int_components__planned') }} as plans
        on components.component_id = plans.component_id
    left join {{ ref('rpt_shared__rates') }} as rates
        on plans.currency_code = rates.currency_code
    left join gates on components.component_id = gates.component_id
    left join opened on components.component_id = opened.component_id
    left join assets on components.component_id = assets.component_id
    left join earlier on components.component_id = earlier.component_id
)

select * from final
