-- Adoption of the month by team and tool. Small teams stand together as `other`; a count of one to four is null, and
-- so is the next smallest of its column, so that the sum by tool does not reveal it.
with teams as (
    select
        case when adoption.is_suppressed then 'other' else adoption.team end as team,
        adoption.tool,
        adoption.is_suppressed as is_merged,
        sum(adoption.person_count) as person_count,
        sum(adoption.seat_count) as seat_count,
        sum(adoption.active_count) as active_count,
        sum(adoption.weekly_active_count) as weekly_active_count,
        sum(adoption.dose_heavy_count) as dose_heavy_count,
        sum(adoption.idle_seat_count) as idle_seat_count
    from {{ ref('fct_ai_adoption') }} as adoption
    inner join {{ ref('dim_months') }} as months
        on adoption.month_key = months.month_key and months.is_run_month
    group by
        case when adoption.is_suppressed then 'other' else adoption.team end, adoption.tool, adoption.is_suppressed
),

ranked as (
    select
        *,
    {%- for count in ['seat_count', 'active_count', 'weekly_active_count', 'dose_heavy_count', 'idle_seat_count'] %}
        sum(case when {{ count }} between 1 and 4 then 1 else 0 end) over (partition by tool) as {{ count }}_small,
        row_number() over (
            partition by tool
            order by case when {{ count }} = 0 then 1 else 0 end, {{ count }}, team
            ) as {{ count }}_rank{{ ',' if not loop.last }}
    {%- endfor %}
    from teams
),

final as (
    select
        team,
        tool,
        cast(person_count as integer) as person_count,
        {%- for count in ['seat_count', 'active_count', 'weekly_active_count', 'dose_heavy_count', 'idle_seat_count'] %}
            cast(case
                when {{ count }}_small > 0 and {{ count }}_rank <= {{ count }}_small + 1 then null
                else {{ count }}
            end as integer) as {{ count }},
        {%- endfor %}
        is_merged
    from ranked
)

select * from final
