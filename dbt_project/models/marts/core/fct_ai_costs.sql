-- Each line of AI cost over persons, streams and items; estimates of vendors too, told apart by price_basis.
with computed as (
    select
        cost_line_id,
        month_key,
        vendor,
        tool,
        person_id,
        team,
        value_stream_id,
        work_item_key,
        price_basis,
        currency_code,
        cast(sum(amount) as decimal(18, 2)) as amount
    from {{ ref('int_ai__allocated') }}
    group by
        cost_line_id, month_key, vendor, tool, person_id, team, value_stream_id, work_item_key, price_basis,
        currency_code
),

final as (
    {{ open_and_closed('computed') }}
)

select * from final
