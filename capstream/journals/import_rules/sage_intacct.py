"""Sage Intacct general journal: one side of each line is blank (accounting page, section 6).

Where a template has the column STATE, only a draft is unposted.
"""

from __future__ import annotations

from capstream.journals.import_rules.forms import day, money, one_of, whole, words
from capstream.journals.import_rules.rules import ImportRules, column, filled, optional

RULES = ImportRules(
    fields=(
        column("Description", words(80)),
        filled("Journal", words(4)),
        filled("Date", day("MM/DD/YYYY", "%m/%d/%Y")),
        filled("Line_no", whole()),
        filled("Acct_no", words(24)),
        column("Location_id", words(20)),
        column("Dept_id", words(20)),
        filled("Document", words(30)),
        column("Memo", words(1000)),
        column("Debit", money(14)),
        column("Credit", money(14)),
        optional("State", one_of("Draft", because=": the entry must be unposted")),
    ),
    entry=("Document",),
    day="Date",
    debit="Debit",
    credit="Credit",
    line="Line_no",
    shared=("Date", "Journal", "Description"),
)
