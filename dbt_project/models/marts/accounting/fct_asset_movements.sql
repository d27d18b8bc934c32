with final as (
    {{ open_and_closed(ref('int_assets__moved')) }}
)

select * from final
