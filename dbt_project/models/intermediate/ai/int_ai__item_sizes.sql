-- The size of an accepted item: its estimate over the mean estimate that its team's items had before the first start,
-- so that one is an item of usual size there. An item without an estimate is of usual size.
with estimated as (
    select
        items.work_item_key,
        items.team,
        case sizing.measure
            when 'points' then nullif(items.estimate_points, 0)
            when 'time' then nullif(items.estimate_seconds, 0)
        end as estimate,
        {{ local_date('items.completed_at', 'settings.timezone') }} as completed_date
    from {{ ref('int_ai__item_teams') }} as items
    cross join {{ ref('int_ai__sizing') }} as sizing
    cross join {{ source('company', 'settings') }} as settings
    where items.is_finished and not items.is_by_agent
),

first_start as (
    select min(start_date) as start_date
    from {{ ref('int_ai__starts') }}
),

past as (
    select estimated.*
    from estimated
    cross join first_start
    where estimated.estimate > 0 and estimated.completed_date < first_start.start_date
),

teams as (
    select
        team,
        {{ order_free_mean('estimate') }} as usual_estimate
    from past
    group by team
),

company as (
    select {{ order_free_mean('estimate') }} as usual_estimate
    from past
),

final as (
    select
        estimated.work_item_key,
        coalesce(
            cast(estimated.estimate as double) / coalesce(teams.usual_estimate, company.usual_estimate), 1.0
        ) as item_size
    from estimated
    cross join company
    left join teams
        on estimated.team = teams.team
)

select * from final
