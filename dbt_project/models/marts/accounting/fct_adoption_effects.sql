-- What each transition to ASU 2025-06 would do to each asset at the end of the run month, before tax.
with run_month as (
    select
        month_key,
        last_date
    from {{ ref('dim_months') }}
    where is_run_month
),

amended as (
    select
        considered.entity,
        considered.policy_id,
        considered.is_applied
    from {{ ref('int_policies__considered') }} as considered
    inner join run_month on considered.month_key = run_month.month_key
    inner join {{ source('company', 'policies') }} as policies
        on considered.policy_id = policies.policy_id and policies.framework = 'US_350_40_ASU2025_06'
),

compared as (
    select
        dual_run.entity,
        dual_run.component_id,
        sum(case when dual_run.month_key = run_month.month_key then dual_run.legacy_capex_amount else 0 end)
            as legacy_month_amount,
        sum(case when dual_run.month_key = run_month.month_key then dual_run.amended_capex_amount else 0 end)
            as amended_month_amount,
        sum(dual_run.legacy_capex_amount) as legacy_amount,
        sum(dual_run.amended_capex_amount) as amended_amount
    from {{ ref('int_policies__dual_run') }} as dual_run
    cross join run_month
    where dual_run.month_key <= run_month.month_key
    group by dual_run.entity, dual_run.component_id
    having sum(abs(dual_run.legacy_capex_amount) + abs(dual_run.amended_capex_amount)) <> 0
),

units as (
    select
        entity,
        component_id
    from compared
    union
    select
        entity,
        component_id
    from {{ ref('fct_assets') }}
    where cip_amount <> 0 or net_book_value_amount <> 0
),

valued as (
    select
        units.component_id,
        units.entity,
        amended.policy_id,
        amended.is_applied,
        listed.currency_code,
        coalesce(assets.status, 'in_progress') as status,
        coalesce(windows.window_state, 'none') as amended_window_state,
        coalesce(assets.cip_amount, 0) as cip_amount,
        coalesce(assets.net_book_value_amount, 0) as net_book_value_amount,
        coalesce(compared.legacy_month_amount, 0) as legacy_month_amount,
        coalesce(compared.amended_month_amount, 0) as amended_month_amount,
        coalesce(compared.legacy_amount, 0) as legacy_amount,
        coalesce(compared.amended_amount, 0) as amended_amount,
        coalesce(compared.amended_amount, 0) - coalesce(compared.legacy_amount, 0) as restated_amount,
        dated.convention,
        dated.amortization_start_date,
        dated.life_months,
        dated.fiscal_year_start_month,
        dated.run_number,
        listed.minor_digits
    from units
    cross join run_month
    inner join amended on units.entity = amended.entity
    inner join {{ ref('int_policies__applied') }} as listed
        on units.entity = listed.entity and run_month.month_key = listed.month_key
    left join compared on units.entity = compared.entity and units.component_id = compared.component_id
    left join {{ ref('fct_assets') }} as assets
        on units.entity = assets.entity and units.component_id = assets.component_id
    left join {{ ref('int_assets__listed') }} as dated
        on units.entity = dated.entity and units.component_id = dated.component_id
    left join {{ ref('int_windows__dated') }} as windows
        on
            amended.policy_id = windows.policy_id
            and units.component_id = windows.component_id
            and run_month.last_date between windows.from_date and windows.to_date
),

amortised as (
    select
        *,
        case
            when amortization_start_date is null or status in ('abandoned', 'disposed') then 0
            else {{ from_minor(
                consumed_minor(
                    to_minor('restated_amount', 'minor_digits'),
                    amortisation_units(
                        'convention', 'amortization_start_date', 'life_months', 'run_number', 'fiscal_year_start_month'
                    ),
                    amortisation_units_total(
                        'convention', 'amortization_start_date', 'life_months', 'fiscal_year_start_month'
                    )
                ), 'minor_digits'
            ) }}
        end as restated_accumulated_amount
    from valued
),

final as (
    select
        component_id,
        entity,
        policy_id,
        status,
        amended_window_state,
        currency_code,
        cast(cip_amount as decimal(18, 2)) as cip_amount,
        cast(net_book_value_amount as decimal(18, 2)) as net_book_value_amount,
        cast(legacy_month_amount as decimal(18, 2)) as legacy_month_amount,
        cast(amended_month_amount as decimal(18, 2)) as amended_month_amount,
        cast(legacy_amount as decimal(18, 2)) as legacy_amount,
        cast(amended_amount as decimal(18, 2)) as amended_amount,
        cast(0 as decimal(18, 2)) as prospective_equity_amount,
        cast(
            case when not is_applied and amended_window_state = 'none' then -cip_amount else 0 end as decimal(18, 2)
        ) as modified_equity_amount,
        cast(
            case when status in ('abandoned', 'disposed') then 0 else restated_amount end as decimal(18, 2)
        ) as retrospective_cost_amount,
        cast(restated_accumulated_amount as decimal(18, 2)) as retrospective_accumulated_amount,
        cast(
            case when status in ('abandoned', 'disposed') then 0 else restated_amount end - restated_accumulated_amount
            as decimal(18, 2)
        ) as retrospective_equity_amount,
        is_applied
    from amortised
)

select * from final
