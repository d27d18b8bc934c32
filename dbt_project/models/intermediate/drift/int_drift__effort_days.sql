{{ config(materialized='view') }}

-- Effort of closed months twice: as it was closed, and as the records say today.
with final as (
    {%- for reading, effort in [
        ('closed', source('closed', 'fct_effort_days')), ('today', ref('int_effort__described')),
    ] %}
        select
            '{{ reading }}' as reading,
            month_key,
            work_date,
            person_id,
            entity,
            cost_center,
            role_class,
            worker_type,
            team,
            work_item_key,
            evidence_tier,
            coalesce(item_type, '') as item_type,
            coalesce(labels, '[]') as labels,
            coalesce(parent_key, '') as parent_key,
            coalesce(epic_key, '') as epic_key,
            cast(minutes as bigint) as minutes
        from {{ effort }}
        where
            month_key in (
                select months.month_key from {{ ref('int_drift__months') }} as months
                where months.is_compared
            )
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final
