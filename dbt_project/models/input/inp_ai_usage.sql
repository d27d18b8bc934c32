-- What the company hands over itself, and what its sources delivered; several rows a day add up.
with final as (
    select
        date,
        account,
        person_id,
        tool,
        model,
        surface,
        cast(interactions as bigint) as interactions,
        cast(acceptances as bigint) as acceptances,
        cast(lines_added as bigint) as lines_added,
        cast(sessions as bigint) as sessions,
        cast(tokens_in as bigint) as tokens_in,
        cast(tokens_out as bigint) as tokens_out,
        cast(estimated_amount as decimal(18, 8)) as estimated_amount,
        currency,
        'inputs' as record_source
    from {{ source('company', 'ai_usage') }}
    union all
    select
        date,
        account,
        cast(null as varchar) as person_id,
        tool,
        model,
        surface,
        interactions,
        acceptances,
        lines_added,
        sessions,
        tokens_in,
        tokens_out,
        cast(estimated_amount as decimal(18, 8)) as estimated_amount,
        currency,
        record_source
    from {{ ref('stg_raw__ai_usage') }}
)

select * from final
