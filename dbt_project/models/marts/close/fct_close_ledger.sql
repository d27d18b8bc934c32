{{ config(materialized='view') }}

-- The ledger of closings as the files under var/ledger hold it; a view, so that a closing shows at once.
with final as (
    select
        event_id,
        month_key,
        event,
        {{ adapter.quote('at') }},
        prepared_by,
        approved_by,
        reason,
        os_user,
        pack,
        content_hash,
        previous_hash,
        event_hash
    from {{ source('closed', 'close_ledger') }}
)

select * from final
