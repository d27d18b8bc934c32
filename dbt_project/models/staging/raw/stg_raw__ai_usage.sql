with final as (
    select
        source,
        date,
        account,
        tool,
        model,
        surface,
        interactions,
        acceptances,
        lines_added,
        sessions,
        tokens_in,
        tokens_out,
        estimated_amount,
        currency,
        record_source,
        record_type,
        record_key
    from {{ source('raw', 'ai_usage') }}
)

select * from final
