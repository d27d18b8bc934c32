-- What people report before and after their team's start, beside teams without tools, which are cut at the first start.
-- A side with fewer than five people is hidden, and the other side of that time with it.
with first_start as (
    select min(start_date) as start_date
    from {{ ref('int_ai__starts') }}
),

answers as (
    select
        responses.item,
        responses.respondent,
        cast(responses.score as double) as score,
        case when starts.team is not null then 'treated' else 'control' end as side,
        case
            when responses.answered_on < coalesce(starts.start_date, first_start.start_date) then 'before'
            else 'after'
        end as span
    from {{ source('company', 'survey_responses') }} as responses
    cross join first_start
    inner join {{ source('company', 'months') }} as months
        on months.is_run_month and responses.answered_on <= months.last_date
    left join {{ ref('int_ai__starts') }} as starts
        on responses.team = starts.team
    where first_start.start_date is not null
),

summed as (
    select
        item,
        side,
        span,
        count(distinct respondent) as respondent_count,
        {{ order_free_mean('score') }} as score_mean
    from answers
    group by item, side, span
),

shown as (
    select
        *,
        min(respondent_count) over (partition by item, span) >= 5 as is_shown
    from summed
),

pivoted as (
    select
        item,
        cast(
            max(case when side = 'treated' and span = 'before' and is_shown then score_mean end) as double
        ) as treated_before_mean,
        cast(
            max(case when side = 'treated' and span = 'before' and is_shown then respondent_count end) as integer
        ) as treated_before_count,
        cast(
            max(case when side = 'treated' and span = 'after' and is_shown then score_mean end) as double
        ) as treated_after_mean,
        cast(
            max(case when side = 'treated' and span = 'after' and is_shown then respondent_count end) as integer
        ) as treated_after_count,
        cast(
            max(case when side = 'control' and span = 'before' and is_shown then score_mean end) as double
        ) as control_before_mean,
        cast(
            max(case when side = 'control' and span = 'before' and is_shown then respondent_count end) as integer
        ) as control_before_count,
        cast(
            max(case when side = 'control' and span = 'after' and is_shown then score_mean end) as double
        ) as control_after_mean,
        cast(
            max(case when side = 'control' and span = 'after' and is_shown then respondent_count end) as integer
        ) as control_after_count
    from shown
    group by item
),

final as (
    select
        pivoted.item,
        items.text as item_text,
        items.dimension,
        cast(items.scale_min as integer) as scale_min,
        cast(items.scale_max as integer) as scale_max,
        pivoted.treated_before_mean,
        pivoted.treated_before_count,
        pivoted.treated_after_mean,
        pivoted.treated_after_count,
        pivoted.control_before_mean,
        pivoted.control_before_count,
        pivoted.control_after_mean,
        pivoted.control_after_count
    from pivoted
    inner join {{ source('company', 'survey_items') }} as items
        on pivoted.item = items.item
)

select * from final
