with compared as (
    select
        *,
        lag(window_state) over (partition by policy_id, component_id order by from_date) as previous_state,
        lag(is_in_force) over (partition by policy_id, component_id order by from_date) as was_in_force
    from {{ ref('int_windows__stated') }}
),

changed as (
    select *
    from compared
    where previous_state is null or previous_state <> window_state or was_in_force <> is_in_force
),

final as (
    select
        policy_id,
        component_id,
        window_state,
        is_in_force,
        from_date,
        coalesce(
            {{ shifted_date(
                'lead(from_date) over (partition by policy_id, component_id order by from_date)', 'day', -1
            ) }},
            cast('9999-12-31' as date)
        ) as to_date
    from changed
)

select * from final
