with final as (
    select
        item,
        item_text,
        dimension,
        scale_min,
        scale_max,
        treated_before_mean,
        treated_before_count,
        treated_after_mean,
        treated_after_count,
        control_before_mean,
        control_before_count,
        control_after_mean,
        control_after_count
    from {{ ref('int_ai__reported') }}
)

select * from final
