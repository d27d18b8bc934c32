with final as (
    select * from {{ ref('stg_raw__ai_evidence') }}
)

select * from final
