-- Hosts of the addresses that sources and inputs declare as such; links lead nowhere else.
with addresses as (
    select url as address from {{ ref('dim_work_items') }}
    union
    select evidence_url as address from {{ ref('int_gates__counted') }}
    union
    select evidence_url as address from {{ ref('int_other_costs__valued') }}
),

final as (
    select distinct {{ host_of('address') }} as host
    from addresses
    where address like 'https://%'
)

select * from final
