-- Who was asked and who answered: people on the roster when the wave ended, by team as shown.
with cells as (
    select * from {{ ref('int_surveys__celled') }}
),

answered as (
    select
        cells.wave,
        cells.shown_team,
        responses.respondent
    from {{ source('company', 'survey_responses') }} as responses
    inner join cells
        on responses.wave = cells.wave and responses.team = cells.team
),

waves as (
    select distinct
        wave,
        wave_date
    from cells
),

asked as (
    select
        waves.wave,
        coalesce(cells.shown_team, 'other') as shown_team,
        people.person_id
    from waves
    inner join {{ source('company', 'people') }} as people
        on
            waves.wave_date >= people.start_date
            and waves.wave_date <= coalesce(people.end_date, cast('9999-12-31' as date))
    left join cells
        on waves.wave = cells.wave and people.team = cells.team
    where people.worker_type <> 'agent' and people.role_class <> 'agent'
),

answers as (
    select
        wave,
        shown_team as team,
        count(distinct respondent) as respondent_count
    from answered
    group by wave, shown_team
    union all
    select
        wave,
        'all',
        count(distinct respondent)
    from answered
    group by wave
),

rosters as (
    select
        wave,
        shown_team as team,
        count(distinct person_id) as person_count
    from asked
    group by wave, shown_team
    union all
    select
        wave,
        'all',
        count(distinct person_id)
    from asked
    group by wave
),

final as (
    select
        answers.wave,
        answers.team,
        case when answers.respondent_count >= 5 then cast(answers.respondent_count as integer) end as respondent_count,
        cast(rosters.person_count as integer) as person_count,
        case
            when answers.respondent_count >= 5
                then cast(answers.respondent_count as double) / nullif(rosters.person_count, 0)
        end as response_ratio,
        answers.respondent_count < 5 as is_suppressed
    from answers
    left join rosters
        on answers.wave = rosters.wave and answers.team = rosters.team
)

select * from final
