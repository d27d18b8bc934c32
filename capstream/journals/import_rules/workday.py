"""Workday Import Accounting Journal: a draft, ledger type ACTUALS (accounting page, section 6).

Worktags are the tenant's own, so its template may name more columns.
"""

from __future__ import annotations

from capstream.journals.import_rules.forms import currency, day, money, one_of, whole, words
from capstream.journals.import_rules.rules import ImportRules, column, filled

RULES = ImportRules(
    fields=(
        filled("H_JournalKey", words(100)),
        filled("H_Submit", one_of("0", because=": the journal must stay a draft")),
        filled("H_Company", words(100)),
        filled("H_Currency", currency()),
        filled("H_LedgerType", one_of("ACTUALS")),
        filled("H_AccountingDate", day("YYYY-MM-DD", "%Y-%m-%d")),
        filled("H_JournalSource", words(100)),
        column("H_JournalEntryMemo", words(255)),
        column("H_JournalExternalRefID", words(100)),
        filled("L_Order", whole()),
        filled("L_LedgerAccount", words(50)),
        column("L_DebitAmount", money(18)),
        column("L_CreditAmount", money(18)),
        filled("L_Currency", currency()),
        column("L_Memo", words(255)),
        column("L_ExternalRefID", words(255)),
        column("L_CostCenter", words(50)),
    ),
    entry=("H_JournalKey",),
    day="H_AccountingDate",
    debit="L_DebitAmount",
    credit="L_CreditAmount",
    currency="L_Currency",
    line="L_Order",
    shared=(
        "H_Submit", "H_Company", "H_Currency", "H_LedgerType", "H_AccountingDate",
        "H_JournalSource", "L_Currency",
    ),
    takes_more=True,
)  # fmt: skip
