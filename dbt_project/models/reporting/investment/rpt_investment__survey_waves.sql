-- Response rates of every wave up to the run month.
with final as (
    select
        answers.*,
        waves.wave_date
    from {{ ref('fct_survey_waves') }} as answers
    inner join {{ ref('int_surveys__dated') }} as waves
        on answers.wave = waves.wave
)

select * from final
