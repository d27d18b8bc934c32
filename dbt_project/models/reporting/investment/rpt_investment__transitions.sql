-- Moves between steps in the run month.
with final as (
    {{ of_run_month(ref('fct_flow_transitions')) }}
)

select * from final
