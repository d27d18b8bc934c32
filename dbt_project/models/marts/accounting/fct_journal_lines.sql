with final as (
    {{ open_and_closed(ref('int_journals__lined')) }}
)

select * from final
