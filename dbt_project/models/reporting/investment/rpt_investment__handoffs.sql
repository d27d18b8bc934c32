-- Hand-offs from team to team in the run month.
with final as (
    {{ of_run_month(ref('fct_flow_handoffs')) }}
)

select * from final
