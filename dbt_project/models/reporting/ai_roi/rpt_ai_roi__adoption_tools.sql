-- Adoption of the month by tool with the classes of use; a class of one to four people is null, and so is the next
-- smallest class of the tool, so that the number of people does not reveal it. Seats are null where those idle or
-- not reported are one to four: seats less active people would reveal them.
with tools as (
    select
        adoption.tool,
        sum(adoption.person_count) as person_count,
        sum(adoption.seat_count) as seat_count,
        sum(adoption.active_count) as active_count,
        sum(adoption.weekly_active_count) as weekly_active_count,
        sum(adoption.idle_seat_count) as idle_seat_count,
        sum(adoption.reported_seat_count) as reported_seat_count,
        sum(adoption.dose_none_count) as dose_none_count,
        sum(adoption.dose_light_count) as dose_light_count,
        sum(adoption.dose_moderate_count) as dose_moderate_count,
        sum(adoption.dose_heavy_count) as dose_heavy_count
    from {{ ref('fct_ai_adoption') }} as adoption
    inner join {{ ref('dim_months') }} as months
        on adoption.month_key = months.month_key and months.is_run_month
    group by adoption.tool
),

-- The Gini coefficient of the days of use over people with a seat or with use: 0 where all use a tool alike.
days as (
    select
        used.tool,
        used.recent_day_count as day_count,
        row_number() over (partition by used.tool order by used.recent_day_count, used.person_id) as day_rank
    from {{ ref('int_ai__used_months') }} as used
    inner join {{ ref('dim_months') }} as months
        on used.month_key = months.month_key and months.is_run_month
    where used.person_id <> 'NONE' and (used.seat_day_count > 0 or used.active_day_count > 0)
),

spread as (
    select
        tool,
        case
            when count(*) >= 5 and sum(day_count) > 0
                then
                    2 * cast(sum(day_rank * day_count) as double precision) / (count(*) * sum(day_count))
                    - cast(count(*) + 1 as double precision) / count(*)
        end as use_gini
    from days
    group by tool
),

classes as (
    {%- for dose in ['none', 'light', 'moderate', 'heavy'] %}
        select
            tool,
            '{{ dose }}' as dose,
            dose_{{ dose }}_count as dose_count
        from tools
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

ranked as (
    select
        *,
        sum(case when dose_count between 1 and 4 then 1 else 0 end) over (partition by tool) as small_count,
        row_number() over (
            partition by tool
            order by case when dose_count = 0 then 1 else 0 end, dose_count, dose
        ) as size_rank
    from classes
),

shown as (
    select
        tool,
    {%- for dose in ['none', 'light', 'moderate', 'heavy'] %}
        cast(max(case
            when dose = '{{ dose }}' and not (small_count > 0 and size_rank <= small_count + 1) then dose_count
            end) as integer) as dose_{{ dose }}_count{{ ',' if not loop.last }}
    {%- endfor %}
    from ranked
    group by tool
),

final as (
    select
        tools.tool,
        cast(tools.person_count as integer) as person_count,
        cast(case
            when
                tools.seat_count between 1 and 4
                or tools.idle_seat_count between 1 and 4
                or tools.seat_count - tools.active_count between 1 and 4
                or tools.seat_count - tools.reported_seat_count between 1 and 4
                then null
            else tools.seat_count
        end as integer) as seat_count,
        cast(case when tools.active_count between 1 and 4 then null else tools.active_count end as integer)
            as active_count,
        {%- for count in ['weekly_active_count', 'idle_seat_count', 'reported_seat_count'] %}
            cast(case when tools.{{ count }} between 1 and 4 then null else tools.{{ count }} end as integer)
                as {{ count }},
        {%- endfor %}
        shown.dose_none_count,
        shown.dose_light_count,
        shown.dose_moderate_count,
        shown.dose_heavy_count,
        cast(spread.use_gini as double precision) as use_gini
    from tools
    inner join shown on tools.tool = shown.tool
    left join spread on tools.tool = spread.tool
)

select * from final
