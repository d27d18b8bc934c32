with final as (
    {{ open_and_closed(ref('int_capitalization__decided')) }}
)

select * from final
