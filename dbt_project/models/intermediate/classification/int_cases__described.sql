-- Cases with every attribute that a policy rule may name.
with work_kinds as (
    select distinct
        work_kind_id,
        activity,
        category,
        flow_type,
        rule_item_type,
        rule_labels
    from {{ ref('int_work_types__kinded') }}
),

final as (
    select
        cases.*,
        {% for column in cost_kind_columns() -%}
            cost_kinds.{{ column }},
        {% endfor -%}
        work_kinds.activity,
        work_kinds.category,
        work_kinds.flow_type,
        work_kinds.rule_item_type,
        work_kinds.rule_labels
    from {{ ref('int_cases__listed') }} as cases
    inner join {{ ref('int_cost_kinds__listed') }} as cost_kinds
        on cases.cost_kind_id = cost_kinds.cost_kind_id
    inner join work_kinds on cases.work_kind_id = work_kinds.work_kind_id
)

select * from final
