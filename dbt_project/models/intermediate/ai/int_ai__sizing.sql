-- Whether accepted items can be weighed by size: points, else time, that four of five items had which were accepted
-- before the first start. Without such a past every item counts as one.
with first_start as (
    select min(start_date) as start_date
    from {{ ref('int_ai__starts') }}
),

past as (
    select
        count(*) as accepted_count,
        count(case when items.estimate_points > 0 then 1 end) as points_count,
        count(case when items.estimate_seconds > 0 then 1 end) as time_count
    from {{ ref('int_ai__item_teams') }} as items
    cross join {{ source('company', 'settings') }} as settings
    cross join first_start
    where
        items.is_finished and not items.is_by_agent
        and {{ local_date('items.completed_at', 'settings.timezone') }} < first_start.start_date
),

final as (
    select
        case
            when accepted_count > 0 and points_count >= accepted_count * 0.8 then 'points'
            when accepted_count > 0 and time_count >= accepted_count * 0.8 then 'time'
            else 'none'
        end as measure,
        cast(accepted_count as integer) as accepted_count,
        cast(points_count as integer) as points_count,
        cast(time_count as integer) as time_count
    from past
)

select * from final
