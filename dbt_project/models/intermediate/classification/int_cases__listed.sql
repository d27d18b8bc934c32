{%- set columns = [
    'policy_id', 'cost_kind_id', 'work_kind_id', 'window_state', 'evidence_tier', 'is_applied', 'is_in_force',
    'is_unapproved',
] -%}

-- Every distinct case that has to be decided: many segments, few cases.
with listed as (
    select distinct {{ columns | join(', ') }}
    from {{ ref('int_allocations__segmented') }}
),

final as (
    select
        cast(row_number() over (order by {{ columns | join(', ') }}) as bigint) as case_id,
        {{ columns | join(', ') }}
    from listed
)

select * from final
