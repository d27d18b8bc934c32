-- Many records show the same account: bots and agents first, then the fullest description.
with delivered as (
    select
        source,
        account,
        kind,
        display_name,
        email,
        record_source,
        record_type,
        record_key,
        row_number() over (
            partition by source, account
            order by
                case kind when 'agent' then 1 when 'bot' then 2 else 3 end,
                case when display_name is null then 1 else 0 end,
                display_name,
                case when email is null then 1 else 0 end,
                email,
                record_key
        ) as claim_rank
    from {{ source('raw', 'actors') }}
),

final as (
    select
        source,
        account,
        kind,
        display_name,
        email,
        record_source,
        record_type,
        record_key
    from delivered
    where claim_rank = 1
)

select * from final
