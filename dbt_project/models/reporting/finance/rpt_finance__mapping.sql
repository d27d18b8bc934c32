-- Which rule placed how much of the month's work; rules that placed nothing stand with zero.
with placed as (
    select
        effort.value_stream_id,
        effort.component_id,
        coalesce(effort.value_stream_rule_order, -1) as rule_order,
        case
            when effort.value_stream_rule_order is not null then 'rule'
            when effort.evidence_tier = 'T4' then 'declared'
            when effort.evidence_tier = 'T6' then 'unattributed'
            else 'unmapped'
        end as placed_by,
        sum(effort.minutes) as minutes,
        count(distinct effort.work_item_key) as item_count
    from {{ ref('fct_effort_days') }} as effort
    inner join {{ ref('dim_months') }} as months
        on effort.month_key = months.month_key and months.is_run_month
    where effort.evidence_tier <> 'L'
    group by effort.value_stream_id, effort.component_id, rule_order, placed_by
),

rules as (
    select * from {{ ref('int_rules__worded') }}
),

final as (
    select
        coalesce(rules.rule_order, placed.rule_order) as rule_order,
        coalesce(placed.placed_by, 'rule') as placed_by,
        coalesce(rules.rule_text, '-') as rule_text,
        coalesce(placed.value_stream_id, rules.value_stream_id) as value_stream_id,
        coalesce(placed.component_id, rules.component_id) as component_id,
        cast(coalesce(placed.minutes, 0) as bigint) as minutes,
        cast(coalesce(placed.item_count, 0) as integer) as item_count
    from rules
    full outer join placed
        on rules.rule_order = placed.rule_order
)

select * from final
