-- Under which name each team of a wave is shown: teams that gave any item fewer than five answers stand together with
-- the next smallest as `other`, so that totals do not reveal them.
with answers as (
    select
        wave,
        team,
        item,
        count(distinct respondent) as respondent_count,
        max(answered_on) as answered_on
    from {{ source('company', 'survey_responses') }}
    group by wave, team, item
),

teams as (
    select
        wave,
        team,
        min(respondent_count) as respondent_count,
        max(answered_on) as answered_on
    from answers
    group by wave, team
),

ranked as (
    select
        *,
        sum(case when respondent_count < 5 then 1 else 0 end) over (partition by wave) as small_count,
        row_number() over (partition by wave order by respondent_count, team) as size_rank,
        max(answered_on) over (partition by wave) as wave_date
    from teams
),

final as (
    select
        wave,
        team,
        case when small_count > 0 and size_rank <= small_count + 1 then 'other' else team end as shown_team,
        wave_date
    from ranked
)

select * from final
