-- Cost and minutes of the month by team and tier of evidence, rounded per cost row as CostDetail rounds.
with final as (
    select
        team,
        evidence_tier,
        cast(sum(minutes) as bigint) as minutes,
        cast(sum({{ convert_money('capex_amount', 'fx_rate', 2) }}) as decimal(18, 2)) as capex_amount,
        cast(sum({{ convert_money('opex_amount', 'fx_rate', 2) }}) as decimal(18, 2)) as opex_amount
    from {{ ref('rpt_finance__cost_detail') }}
    group by team, evidence_tier
)

select * from final
