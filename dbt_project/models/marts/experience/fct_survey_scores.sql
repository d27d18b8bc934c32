-- Mean score of each item by wave and team, with Student's interval; fewer than five answers show nothing. For items on
-- a scale from 0 to 10 the net promoter score: share of 9 and 10 less share of 0 to 6.
with answers as (
    select
        responses.wave,
        responses.item,
        responses.respondent,
        cells.shown_team as team,
        cast(responses.score as double) as score
    from {{ source('company', 'survey_responses') }} as responses
    inner join {{ ref('int_surveys__celled') }} as cells
        on responses.wave = cells.wave and responses.team = cells.team
    union all
    select
        wave,
        item,
        respondent,
        'all',
        cast(score as double)
    from {{ source('company', 'survey_responses') }}
),

summed as (
    select
        wave,
        item,
        team,
        count(*) as answer_count,
        avg(score) as score_mean,
        sum(case when score >= 9 then 1 else 0 end) as promoter_count,
        sum(case when score <= 6 then 1 else 0 end) as detractor_count,
        case
            when count(*) > 1
                then
                    sqrt(greatest(0, sum(score * score) - sum(score) * avg(score)) / (count(*) - 1) / count(*))
                    * {{ student_quantile('(count(*) - 1)') }}
        end as half_width
    from answers
    group by wave, item, team
),

final as (
    select
        summed.wave,
        summed.team,
        summed.item,
        items.text as item_text,
        items.dimension,
        items.instrument,
        cast(items.scale_min as integer) as scale_min,
        cast(items.scale_max as integer) as scale_max,
        case when summed.answer_count >= 5 then cast(summed.answer_count as integer) end as answer_count,
        case when summed.answer_count >= 5 then summed.score_mean end as score_mean,
        case when summed.answer_count >= 5 then greatest(items.scale_min, summed.score_mean - summed.half_width) end
            as low,
        case when summed.answer_count >= 5 then least(items.scale_max, summed.score_mean + summed.half_width) end
            as high,
        case
            when summed.answer_count >= 5 and items.scale_min = 0 and items.scale_max = 10
                then cast(summed.promoter_count as integer)
        end as promoter_count,
        case
            when summed.answer_count >= 5 and items.scale_min = 0 and items.scale_max = 10
                then cast(summed.detractor_count as integer)
        end as detractor_count,
        summed.answer_count < 5 as is_suppressed
    from summed
    inner join {{ source('company', 'survey_items') }} as items
        on summed.item = items.item
)

select * from final
