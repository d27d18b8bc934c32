with final as (
    select
        cast(
            row_number() over (
                order by
                    month_key, entity, person_id, cost_center, work_country, worker_type, role_class, team,
                    pay_component, cost_line_id, work_item_key, value_stream_id, component_id, minutes, amount
            ) as bigint
        ) as allocation_id,
        {{ cost_row_grain() | join(', ') }},
        pay_component,
        cost_line_id,
        currency_code,
        minutes,
        amount
    from {{ ref('int_costs__classifiable') }}
)

select * from final
