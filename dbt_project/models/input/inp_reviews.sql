with final as (
    select * from {{ ref('stg_raw__reviews') }}
)

select * from final
