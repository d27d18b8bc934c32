-- What was recorded as paid or billed, in its own currency: it tells a change of pay from a change of rate.
with final as (
    {{ open_and_closed(ref('int_registers__recorded')) }}
)

select * from final
