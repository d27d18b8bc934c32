-- Why finished items of the run month waited.
with final as (
    {{ of_run_month(ref('fct_flow_waits')) }}
)

select * from final
