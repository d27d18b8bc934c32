-- Minutes of what carries a cost row by what may change the answer: window, work type, tier, approval.
with typed as (
    select
        spell_number, item_number, work_date, month_key, entity, value_stream_id, component_id, evidence_tier, minutes,
        evidence_tier = 'T4' and not coalesce(is_approved, false) as is_unapproved,
        {{ is_reserved_item('work_item_key') }} as is_reserved,
        case when {{ is_reserved_item('work_item_key') }} then '' else coalesce(item_type, '') end as item_type,
        case when {{ is_reserved_item('work_item_key') }} then '[]' else coalesce(labels, '[]') end as labels,
        case
            when {{ is_reserved_item('work_item_key') }} then ''
            else coalesce({{ key_namespace('work_item_key') }}, '')
        end as project_key
    from {{ ref('int_effort__classifiable') }}
    where minutes > 0
),

dated as (
    select
        carrying.carrier_number,
        typed.evidence_tier,
        typed.minutes,
        typed.is_unapproved,
        considered.policy_id,
        considered.is_applied,
        work_types.work_type_id,
        coalesce(windows.window_state, 'none') as window_state,
        not considered.is_applied or coalesce(windows.is_in_force, true) as is_in_force,
        coalesce(windows.from_date, considered.first_date) as from_date,
        coalesce(windows.to_date, considered.last_date) as to_date
    from typed
    inner join {{ ref('int_pay__carrying_effort') }} as carrying
        on {{ same_carrying_effort('typed', 'carrying') }}
    inner join {{ ref('int_policies__considered') }} as considered
        on typed.entity = considered.entity and typed.month_key = considered.month_key
    inner join {{ ref('int_work_types__classified') }} as work_types
        on
            typed.is_reserved = work_types.is_reserved
            and typed.item_type = work_types.item_type
            and typed.labels = work_types.labels
            and typed.project_key = work_types.project_key
    left join {{ ref('int_windows__monthly') }} as windows
        on
            considered.policy_id = windows.policy_id
            and typed.month_key = windows.month_key
            and typed.component_id = windows.component_id
            and typed.work_date between windows.from_date and windows.to_date
),

final as (
    select
        carrier_number,
        policy_id,
        window_state,
        evidence_tier,
        work_type_id,
        cast(sum(minutes) as bigint) as minutes,
        is_applied,
        is_in_force,
        is_unapproved,
        from_date,
        to_date
    from dated
    group by
        carrier_number, policy_id, window_state, evidence_tier, work_type_id, is_applied, is_in_force, is_unapproved,
        from_date, to_date
)

select * from final
