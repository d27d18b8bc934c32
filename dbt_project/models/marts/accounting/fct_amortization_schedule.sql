with final as (
    {{ open_and_closed(ref('int_amortization__scheduled')) }}
)

select * from final
