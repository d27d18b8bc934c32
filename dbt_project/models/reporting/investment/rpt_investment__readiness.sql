-- How much of each stream can be measured in the run month.
with final as (
    {{ of_run_month(ref('fct_flow_readiness')) }}
)

select * from final
