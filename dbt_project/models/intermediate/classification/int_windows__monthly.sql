with applied as (
    select distinct
        policy_id,
        month_key,
        first_date,
        last_date
    from {{ ref('int_policies__considered') }}
),

clipped as (
    select
        applied.policy_id,
        applied.month_key,
        windows.component_id,
        windows.window_state,
        windows.is_in_force,
        greatest(windows.from_date, applied.first_date) as from_date,
        least(windows.to_date, applied.last_date) as to_date
    from applied
    inner join {{ ref('int_windows__dated') }} as windows
        on
            applied.policy_id = windows.policy_id
            and windows.from_date <= applied.last_date
            and windows.to_date >= applied.first_date
),

final as (
    select
        policy_id,
        component_id,
        month_key,
        window_state,
        cast({{ dbt.datediff('from_date', 'to_date', 'day') }} + 1 as bigint) as day_count,
        is_in_force,
        from_date,
        to_date
    from clipped
)

select * from final
