-- The recovery stream in the run month.
with final as (
    {{ of_run_month(ref('fct_recovery_steps')) }}
)

select * from final
