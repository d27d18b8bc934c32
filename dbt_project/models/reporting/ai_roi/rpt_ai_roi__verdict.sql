-- The evidence of the rollout in one row, with the limits of the guardrails that its design record sets.
with limits as (
    select
        design_id,
        change_fail_margin,
        other_margin,
        decided_by,
        note
    from {{ ref('int_ai__designs') }}
),

final as (
    select
        verdicts.grade,
        verdicts.grade_reason,
        verdicts.inference,
        verdicts.design_id,
        verdicts.outcome,
        verdicts.assignment,
        verdicts.period_type,
        verdicts.control,
        verdicts.first_period,
        verdicts.last_period,
        verdicts.pretest_note,
        verdicts.drift_note,
        verdicts.theta_note,
        verdicts.moved_teams,
        verdicts.contaminated_teams,
        limits.decided_by,
        limits.note as design_note,
        verdicts.treated_count,
        verdicts.control_count,
        verdicts.cohort_count,
        verdicts.before_count,
        verdicts.after_count,
        verdicts.pretest_df,
        verdicts.thin_count,
        verdicts.draw_count,
        verdicts.seed,
        verdicts.anticipation_periods,
        verdicts.base_periods,
        verdicts.cross_check,
        verdicts.pretest_statistic,
        verdicts.pretest_p_value,
        verdicts.theta,
        verdicts.extra_output,
        verdicts.actual_output,
        verdicts.developer_weeks,
        verdicts.delivery_hours,
        verdicts.detectable_effect,
        verdicts.drift,
        verdicts.drift_p_value,
        verdicts.drift_detectable,
        cast(coalesce(limits.change_fail_margin, 0.02) as double) as change_fail_margin,
        cast(coalesce(limits.other_margin, 0.10) as double) as other_margin,
        verdicts.is_disagreement,
        verdicts.is_sign_opposed,
        verdicts.is_recorded_before,
        verdicts.design_recorded_on
    from {{ source('analysis', 'ai_verdicts') }} as verdicts
    inner join {{ ref('dim_months') }} as months
        on verdicts.month_key = months.month_key and months.is_run_month
    left join limits
        on verdicts.design_id = limits.design_id
)

select * from final
