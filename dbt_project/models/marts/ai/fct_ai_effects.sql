-- A view: estimates are made from the other marts, after they are built.
with final as (
    select
        estimate_id,
        month_key,
        outcome,
        unit,
        estimator,
        aggregate,
        cohort,
        period,
        grade,
        design_id,
        note,
        row_number,
        event_time,
        treated_count,
        control_count,
        estimate,
        std_error,
        low,
        high,
        p_value,
        p_value_adjusted,
        mde,
        is_primary,
        is_thin
    from {{ source('analysis', 'ai_effects') }}
)

select * from final
