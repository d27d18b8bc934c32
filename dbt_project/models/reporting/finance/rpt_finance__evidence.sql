-- Cost and minutes of the month by team and tier of evidence, rounded per cost row as CostDetail rounds.
with final as (
    select
        detail.team,
        detail.evidence_tier,
        cast(sum(detail.minutes) as bigint) as minutes,
        cast(sum(
            {{ convert_money('detail.capex_amount', 'detail.fx_rate', 'settings.minor_digits') }}
        ) as decimal(18, 2)) as capex_amount,
        cast(sum(
            {{ convert_money('detail.opex_amount', 'detail.fx_rate', 'settings.minor_digits') }}
        ) as decimal(18, 2)) as opex_amount
    from {{ ref('rpt_finance__cost_detail') }} as detail
    cross join {{ ref('int_settings__run') }} as settings
    group by detail.team, detail.evidence_tier
)

select * from final
