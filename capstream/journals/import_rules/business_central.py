"""Business Central general journal: code fields of table Gen. Journal Line (section 6).

Codes have 10 or 20 characters, the description 100; balancing accounts stay blank, so that a
document balances by its own lines.
"""

from __future__ import annotations

from capstream.journals.import_rules.forms import blank, day, money, one_of, whole, words
from capstream.journals.import_rules.rules import ImportRules, column, filled, optional

RULES = ImportRules(
    fields=(
        filled("Journal Template Name", words(10)),
        filled("Journal Batch Name", words(10)),
        filled("Line No.", whole()),
        filled("Posting Date", day("YYYY-MM-DD", "%Y-%m-%d")),
        column("Document Type", one_of("")),
        filled("Document No.", words(20)),
        filled("Account Type", one_of("G/L Account")),
        filled("Account No.", words(20)),
        column("Description", words(100)),
        filled("Amount", money(15, is_signed=True)),
        column("Bal. Account Type", blank()),
        column("Bal. Account No.", blank()),
        column("Shortcut Dimension 1 Code", words(20)),
        column("Shortcut Dimension 2 Code", words(20)),
        optional("External Document No.", words(35)),
        optional("Currency Code", words(10)),
    ),
    entry=("Document No.",),
    day="Posting Date",
    signed="Amount",
    line="Line No.",
    shared=("Posting Date", "Journal Template Name", "Journal Batch Name"),
)
