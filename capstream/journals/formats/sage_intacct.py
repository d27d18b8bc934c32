"""Sage Intacct general journal CSV: one side of each line is blank (accounting page, section 6)."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row, american, amount
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "Description", "Journal", "Date", "Line_no", "Acct_no", "Location_id", "Dept_id", "Document",
    "Memo", "Debit", "Credit",
)  # fmt: skip
NUMBER_LENGTH = 30
TITLE_LENGTH = 80
TEXT_LENGTH = 1000


def rows(entry: JournalEntry, subsidiary: str) -> Iterator[Row]:
    """Write an entry into the general journal."""
    for line in entry.lines:
        yield (
            entry.memo[:TITLE_LENGTH],
            "GJ",
            american(entry.posted_on),
            str(line.number),
            line.account,
            subsidiary,
            line.cost_center,
            entry.number(NUMBER_LENGTH),
            line.memo[:TEXT_LENGTH],
            amount(line.debit),
            amount(line.credit),
        )


LAYOUT = Layout(name="sage_intacct", columns=COLUMNS, rows=rows)
