with final as (
    {{ open_and_closed(ref('int_amortization__booked')) }}
)

select * from final
