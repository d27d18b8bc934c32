-- Maps of workshops beside the run month.
with final as (
    {{ of_run_month(ref('fct_workshop_steps')) }}
)

select * from final
