"""Sage Intacct general journal CSV: one side of each line is blank (accounting page, section 6)."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row, american, amount
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "Description", "Journal", "Date", "Line_no", "Acct_no", "Location_id", "Dept_id", "Document",
    "Memo", "Debit", "Credit",
)  # fmt: skip


def rows(entry: JournalEntry, subsidiary: str) -> Iterator[Row]:
    """Write an entry into the general journal."""
    for line in entry.lines:
        yield (
            entry.memo, "GJ", american(entry.posted_on), str(line.number), line.account,
            subsidiary, line.cost_center, entry.entry_id, line.memo, amount(line.debit),
            amount(line.credit),
        )  # fmt: skip


LAYOUT = Layout(name="sage_intacct", columns=COLUMNS, rows=rows)
