-- Scores of every wave up to the run month, small cells empty.
with ends as (
    select max(last_date) as last_date from {{ ref('dim_months') }}
    where is_run_month
),

waves as (
    select
        wave,
        max(wave_date) as wave_date
    from {{ ref('int_surveys__celled') }}
    group by wave
),

final as (
    select
        scores.*,
        waves.wave_date
    from {{ ref('fct_survey_scores') }} as scores
    inner join waves
        on scores.wave = waves.wave
    inner join ends
        on waves.wave_date <= ends.last_date
)

select * from final
