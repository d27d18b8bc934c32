with suspended as (
    select
        component_id,
        max(case when gate = 'suspended' then effective_date end) as suspended_date,
        max(case when gate = 'resumed' then effective_date end) as resumed_date
    from {{ ref('int_gates__counted') }}
    where gate in ('suspended', 'resumed')
    group by component_id
),

lost as (
    select
        component_id,
        entity,
        sum(impairment_amount) as impairment_amount
    from {{ ref('int_assets__monthly') }}
    group by component_id, entity
),

this_month as (
    select
        amortization.component_id,
        amortization.entity,
        amortization.amortization_amount
    from {{ ref('int_amortization__booked') }} as amortization
    inner join {{ ref('int_months__numbered') }} as months
        on amortization.month_key = months.month_key and months.is_run_month
),

remaining as (
    select
        component_id,
        entity,
        count(*) as remaining_months
    from {{ ref('int_amortization__booked') }}
    where is_after_run_month
    group by component_id, entity
),

relived as (
    select
        component_id,
        entity,
        life_months
    from {{ ref('int_true_ups__relived') }}
    where recency = 1
),

ended as (
    select
        component_id,
        entity,
        max(end_type) as end_type,
        max(month_number) as end_number
    from {{ ref('int_assets__ended') }}
    group by component_id, entity
),

valued as (
    select
        assets.*,
        monthly.gross_closing_amount,
        monthly.accumulated_closing_amount,
        cip.closing_amount as cip_amount,
        case
            when
                monthly.gross_closing_amount <> 0
                and monthly.gross_closing_amount = monthly.accumulated_closing_amount then 'fully_amortized'
            when monthly.gross_closing_amount <> 0 and assets.placed_number is not null then 'in_service'
            when ended.end_type = 'disposal' then 'disposed'
            when ended.end_type = 'abandonment' then 'abandoned'
            when cip.closing_amount = 0 and assets.abandoned_date is not null then 'abandoned'
            when suspended.suspended_date > coalesce(suspended.resumed_date, cast('1900-01-01' as date))
                then 'suspended'
            else 'in_progress'
        end as status,
        assets.placed_number + assets.life_months - 1 as last_number
    from {{ ref('int_assets__listed') }} as assets
    inner join {{ ref('int_assets__monthly') }} as monthly
        on
            assets.component_id = monthly.component_id
            and assets.entity = monthly.entity
            and assets.run_number = monthly.month_number
    inner join {{ ref('int_cip__monthly') }} as cip
        on
            assets.component_id = cip.component_id
            and assets.entity = cip.entity
            and assets.run_number = cip.month_number
    left join suspended on assets.component_id = suspended.component_id
    left join ended on assets.component_id = ended.component_id and assets.entity = ended.entity
),

final as (
    select
        valued.component_id || '@' || valued.entity as asset_id,
        valued.component_id,
        valued.entity,
        valued.component_name,
        valued.value_stream_id,
        valued.parent_component_id,
        valued.asset_class,
        valued.scope,
        valued.convention,
        case when policies.framework = 'US_985_20' then 'greater_of' else 'straight_line' end as method,
        valued.status,
        valued.policy_id,
        journal_accounts.account_code as amortization_account,
        valued.currency_code,
        valued.gross_closing_amount as cost_amount,
        valued.accumulated_closing_amount as accumulated_amount,
        cast(valued.gross_closing_amount - valued.accumulated_closing_amount as decimal(18, 2))
            as net_book_value_amount,
        valued.cip_amount,
        cast(coalesce(lost.impairment_amount, 0) as decimal(18, 2)) as impairment_amount,
        cast(coalesce(this_month.amortization_amount, 0) as decimal(18, 2)) as month_amortization_amount,
        cast(coalesce(opening.cip_amount + opening.gross_amount, 0) as decimal(18, 2)) as opening_cost_amount,
        coalesce(natures.labour_amount, cast(0 as decimal(18, 2))) as labour_amount,
        coalesce(natures.stock_compensation_amount, cast(0 as decimal(18, 2))) as stock_compensation_amount,
        coalesce(natures.contractor_amount, cast(0 as decimal(18, 2))) as contractor_amount,
        coalesce(natures.ai_amount, cast(0 as decimal(18, 2))) as ai_amount,
        coalesce(natures.interest_amount, cast(0 as decimal(18, 2))) as interest_amount,
        coalesce(natures.other_amount, cast(0 as decimal(18, 2))) as other_amount,
        coalesce(relived.life_months, valued.life_months) as life_months,
        cast(coalesce(remaining.remaining_months, 0) as integer) as remaining_months,
        coalesce(natures.first_month_key, opening.month_key) as first_month_key,
        valued.ready_date,
        valued.amortization_start_date,
        valued.abandoned_date,
        valued.disposed_date
    from valued
    left join {{ source('company', 'policies') }} as policies on valued.policy_id = policies.policy_id
    left join {{ source('company', 'journal_accounts') }} as journal_accounts
        on
            valued.entity = journal_accounts.entity
            and journal_accounts.account_key = {{ amortization_account_key('valued.scope') }}
    left join lost on valued.component_id = lost.component_id and valued.entity = lost.entity
    left join this_month on valued.component_id = this_month.component_id and valued.entity = this_month.entity
    left join remaining on valued.component_id = remaining.component_id and valued.entity = remaining.entity
    left join {{ ref('int_assets__costs_by_nature') }} as natures
        on valued.component_id = natures.component_id and valued.entity = natures.entity
    left join {{ ref('int_assets__opening') }} as opening
        on valued.component_id = opening.component_id and valued.entity = opening.entity
    left join relived on valued.component_id = relived.component_id and valued.entity = relived.entity
)

select * from final
