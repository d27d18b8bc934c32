-- Every distinct combination of what a decision may look at in a cost row.
with listed as (
    select distinct {{ cost_kind_columns() | join(', ') }}
    from {{ ref('int_allocations__described') }}
),

final as (
    select
        cast(row_number() over (order by {{ cost_kind_columns() | join(', ') }}) as bigint) as cost_kind_id,
        {{ cost_kind_columns() | join(', ') }}
    from listed
)

select * from final
