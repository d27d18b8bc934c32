-- Response rates of every wave up to the run month.
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
        answers.*,
        waves.wave_date
    from {{ ref('fct_survey_waves') }} as answers
    inner join waves
        on answers.wave = waves.wave
    inner join ends
        on waves.wave_date <= ends.last_date
)

select * from final
