"""QuickBooks Online journal entries (Settings, Import data): rows of one JournalNo form an entry.

Account numbers must be off, so accounts are names; dates are those of a US company.
Source: accounting page, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row, american, amount
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "JournalNo", "JournalDate", "AccountName", "Debits", "Credits", "Description", "Currency",
    "Class",
)  # fmt: skip
NUMBER_LENGTH = 21
TEXT_LENGTH = 4000


def rows(entry: JournalEntry, _: str) -> Iterator[Row]:
    """Write an entry; the other side of each line stays blank."""
    for line in entry.lines:
        yield (
            entry.number(NUMBER_LENGTH),
            american(entry.posted_on),
            line.account_name,
            amount(line.debit),
            amount(line.credit),
            line.memo[:TEXT_LENGTH],
            entry.currency,
            line.cost_center,
        )


LAYOUT = Layout(name="quickbooks_online", columns=COLUMNS, rows=rows)
