-- The month's journal lines with the key of their support; the sheet sums the amounts itself.
with final as (
    select
        lines.entry_id,
        lines.entry_type,
        lines.entity,
        lines.account,
        lines.account_name,
        lines.cost_center,
        lines.component_id,
        lines.memo,
        lines.source_ref,
        lines.support_type || '|' || lines.component_id || '|' || lines.entity
        || case when lines.support_type in ('J5', 'J6') then '' else '|' || lines.cost_center end as journal_key,
        lines.currency_code,
        lines.line_number,
        cast(case
            when
                lines.support_type in ('J1', 'J1b', 'J2', 'J3', 'J4', 'J-other')
                and lines.account_key not in ('cip', 'prepaid_cca')
                then -1
            when lines.support_type = 'J5' and lines.account_key = 'cip' then -1
            when lines.support_type = 'J6' and lines.account_key in ('accumulated', 'prepaid_cca') then -1
            else 1
        end as integer) as posting_sign,
        lines.debit_amount,
        lines.credit_amount,
        cast(case
            when lines.support_type in ('J1', 'J1b', 'J2', 'J3', 'J4', 'J-other', 'J5', 'J6') then 0
            else lines.debit_amount - lines.credit_amount
        end as decimal(18, 2)) as other_amount
    from {{ ref('fct_journal_lines') }} as lines
    inner join {{ ref('dim_months') }} as months
        on lines.month_key = months.month_key and months.is_run_month
)

select * from final
