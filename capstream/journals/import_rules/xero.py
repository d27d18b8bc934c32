"""Xero manual journals: signed amounts, 300 lines a file, drafts (accounting page, section 6)."""

from __future__ import annotations

from capstream.journals.import_rules.forms import day, money, words
from capstream.journals.import_rules.rules import ImportRules, column, filled

RULES = ImportRules(
    fields=(
        filled("*Narration", words(4000)),
        filled("*Date", day("DD/MM/YYYY", "%d/%m/%Y", "%d %b %Y")),
        column("Description", words(4000)),
        filled("*AccountCode", words(10)),
        filled("*TaxRate", words(100)),
        filled("*Amount", money(12, is_signed=True)),
        *(column(f"Tracking{kind}{n}", words(100)) for n in (1, 2) for kind in ("Name", "Option")),
    ),
    entry=("*Narration", "*Date"),
    day="*Date",
    signed="*Amount",
    line_limit=300,
)
