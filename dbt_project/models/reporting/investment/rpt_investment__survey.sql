-- Scores of every wave up to the run month, small cells empty.
with final as (
    select
        scores.*,
        waves.wave_date
    from {{ ref('fct_survey_scores') }} as scores
    inner join {{ ref('int_surveys__dated') }} as waves
        on scores.wave = waves.wave
)

select * from final
