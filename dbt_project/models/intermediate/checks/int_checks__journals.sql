{%- set lines = ref('int_journals__lined') -%}
{%- set moved = ref('int_assets__moved') -%}
{%- set moved_books -%}
    {{ moved }} as moved inner join {{ ref('int_assets__listed') }} as assets
    on moved.component_id = assets.component_id and moved.entity = assets.entity
{%- endset -%}

with final as (
    {{ entity_check(
        'JRN-BALANCE', 'journals', 'Debits equal credits',
        left="select entity, month_key, debit_amount as amount from " ~ lines,
        right="select entity, month_key, credit_amount as amount from " ~ lines,
        remedy='a posting has one side only',
        where='books.is_book'
    ) }}
    union all
    {{ fault_check(
        'JRN-ENTRIES', 'journals', 'Every entry balances by itself',
        faults="select month_key, 'entry ' || entry_id as subject from " ~ lines
            ~ " group by month_key, entry_id having sum(debit_amount) <> sum(credit_amount)",
        remedy='a posting of the entry has one side only'
    ) }}
    union all
    {{ fault_check(
        'JRN-SIDES', 'journals', 'Every line is a debit or a credit, never both, never negative',
        faults="select month_key, entry_id || ':' || cast(line_number as varchar) as subject from " ~ lines
            ~ " where debit_amount < 0 or credit_amount < 0 or (debit_amount = 0) = (credit_amount = 0)",
        remedy='negative amounts swap sides, zero lines are left out'
    ) }}
    union all
    {{ fault_check(
        'JRN-ACCOUNTS', 'journals', 'Every line has an account',
        faults="select month_key, entry_id || ' ' || account as subject from " ~ lines ~ " where account like 'UNMAPPED:%'",
        remedy='name the account under journals of capstream.yaml'
    ) }}
    union all
    {{ entity_check(
        'JRN-CAPITALIZATION', 'journals', 'What the journal capitalises equals the additions',
        left="select entity, month_key, debit_amount - credit_amount as amount from " ~ lines
            ~ " where account_key in ('cip', 'prepaid_cca') and entry_type in ('J1', 'J1b', 'J2', 'J3', 'J4', 'J-other', 'J13')",
        right="select entity, month_key, amount from " ~ moved ~ " where movement_type = 'addition'",
        remedy='a nature of cost has no journal entry',
        where='books.is_book'
    ) }}
    union all
    {{ entity_check(
        'JRN-SERVICE', 'journals', 'What the journal places in service equals the transfers',
        left="select entity, month_key, debit_amount - credit_amount as amount from " ~ lines
            ~ " where account_key = 'gross' and entry_type = 'J5'",
        right="select moved.entity, moved.month_key, moved.amount from " ~ moved_books
            ~ " where moved.balance = 'gross' and moved.movement_type = 'transfer_to_service' and assets.scope <> 'cca'",
        remedy='entry J5 and the roll-forward disagree',
        where='books.is_book'
    ) }}
    union all
    {{ entity_check(
        'JRN-AMORTIZATION', 'journals', 'What the journal amortises equals the roll-forward',
        left="select entity, month_key, credit_amount - debit_amount as amount from " ~ lines
            ~ " where account_key in ('accumulated', 'prepaid_cca') and entry_type in ('J6', 'J13b')",
        right="select entity, month_key, amount from " ~ moved ~ " where movement_type = 'amortization'",
        remedy='entry J6 and the roll-forward disagree',
        where='books.is_book'
    ) }}
    union all
    {{ entity_check(
        'JRN-TRANSITION', 'journals', 'What an adoption takes from equity equals the roll-forward',
        left="select entity, month_key, credit_amount - debit_amount as amount from " ~ lines
            ~ " where account_key = 'retained_earnings' and entry_type = 'J11'",
        right="select entity, month_key, case when balance = 'accumulated' then -amount else amount end as amount from "
            ~ moved ~ " where movement_type = 'transition'",
        remedy='entry J11 and the roll-forward disagree',
        where='books.is_book'
    ) }}
    {%- for balance, words, where in [
        ('cip', 'work in progress', 'books.is_book'),
        ('gross', 'cost in service', 'books.is_book'),
        ('accumulated', 'accumulated amortisation', 'books.is_book'),
        (
            'prepaid_cca', 'prepaid implementation of cloud arrangements',
            "books.is_book and books.entity in (select entity from " ~ ref('int_assets__listed') ~ " where scope = 'cca')"
        ),
    ] %}
        union all
    {{ entity_check(
        'GL-' ~ balance | replace('_', '-') | upper, 'general ledger', 'Closing ' ~ words ~ ' equals the general ledger',
        left="select explained.entity, explained.month_key, explained.amount from " ~ ref('int_gl__explained')
            ~ " as explained inner join " ~ source('company', 'journal_accounts')
            ~ " as accounts on explained.entity = accounts.entity and explained.account_code = accounts.account_code"
            ~ " where accounts.account_key = '" ~ balance ~ "'",
        right="select balances.entity, balances.month as month_key, balances.amount from " ~ source('company', 'gl_balances')
            ~ " as balances inner join " ~ source('company', 'journal_accounts')
            ~ " as accounts on balances.entity = accounts.entity and balances.account = accounts.account_code inner join "
            ~ source('company', 'entities') ~ " as entities on balances.entity = entities.entity"
            ~ " and balances.currency = entities.functional_currency where accounts.account_key = '" ~ balance ~ "'",
        remedy='explain the difference in the account, or post the journals of earlier months; without gl_balances it is not computed',
        where=where, tolerance='settings.tolerance', may_be_missing=true
    ) }}
    {%- endfor %}
)

select * from final
