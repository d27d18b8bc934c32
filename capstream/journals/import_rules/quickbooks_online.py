"""QuickBooks Online journal entries: account names, US dates (accounting page, section 6).

The journal number has 21 characters at most; account numbers are switched off for the import.
"""

from __future__ import annotations

from capstream.journals.import_rules.forms import currency, day, matching, money, words
from capstream.journals.import_rules.rules import ImportRules, column, filled, optional

RULES = ImportRules(
    fields=(
        filled("JournalNo", words(21)),
        filled("JournalDate", day("MM/DD/YYYY", "%m/%d/%Y")),
        filled("AccountName", matching(r"(?![0-9]+$).{1,100}", "write the account's name")),
        column("Debits", money(11)),
        column("Credits", money(11)),
        column("Description", words(4000)),
        optional("Name", words(100)),
        optional("Currency", currency()),
        optional("Class", words(100)),
        optional("Location", words(100)),
    ),
    entry=("JournalNo",),
    day="JournalDate",
    debit="Debits",
    credit="Credits",
    currency="Currency",
    shared=("JournalDate", "Currency"),
)
