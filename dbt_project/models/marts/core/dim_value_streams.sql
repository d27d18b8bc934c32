-- Value streams, and NONE for what no rule maps.
with final as (
    select
        value_stream_id,
        name as value_stream_name,
        owner as owner_name,
        stream_order
    from {{ source('company', 'value_streams') }}
    union all
    select
        'NONE',
        'No value stream',
        null,
        null
)

select * from final
