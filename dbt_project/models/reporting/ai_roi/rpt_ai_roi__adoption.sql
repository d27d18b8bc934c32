-- Adoption of the month; the teams that are marked stand together as `other`.
with final as (
    select
        case when adoption.is_suppressed then 'other' else adoption.team end as team,
        adoption.tool,
        cast(sum(adoption.person_count) as integer) as person_count,
        cast(sum(adoption.seat_count) as integer) as seat_count,
        cast(sum(adoption.active_count) as integer) as active_count,
        cast(sum(adoption.dose_none_count) as integer) as dose_none_count,
        cast(sum(adoption.dose_light_count) as integer) as dose_light_count,
        cast(sum(adoption.dose_moderate_count) as integer) as dose_moderate_count,
        cast(sum(adoption.dose_heavy_count) as integer) as dose_heavy_count,
        adoption.is_suppressed as is_merged
    from {{ ref('fct_ai_adoption') }} as adoption
    inner join {{ ref('dim_months') }} as months
        on adoption.month_key = months.month_key and months.is_run_month
    group by
        case when adoption.is_suppressed then 'other' else adoption.team end, adoption.tool, adoption.is_suppressed
)

select * from final
