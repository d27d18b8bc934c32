-- What the ledger of closings says of the run month and those before it.
with final as (
    select
        ledger.event_id,
        ledger.month_key,
        ledger.event,
        ledger.prepared_by,
        ledger.approved_by,
        ledger.reason,
        ledger.content_hash,
        ledger.event_hash,
        cast(ledger.at as date) as event_date
    from {{ ref('fct_close_ledger') }} as ledger
    inner join {{ ref('dim_months') }} as months
        on months.is_run_month and ledger.month_key <= months.month_key
)

select * from final
