"""NetSuite journal entry CSV for the Import Assistant: one row a line, body fields repeated.

External ID is the entry's number, so that a second import updates instead of doubling. Accounts
are numbers (preference Use Account Numbers). Source: accounting page, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from capstream.errors import UsageError
from capstream.journals.layout import Layout, Row, american, amount, month_name
from capstream.journals.lines import JournalEntry, JournalLine

LARGEST = Decimal("9999999999.99")  # ten digits before the decimal point
TEXT_LENGTH = 999
COLUMNS = (
    "External ID", "Date", "Posting Period", "Subsidiary", "Currency", "Memo", "Approved",
    "Journal Entry - Line: Account", "Journal Entry - Line: Debit",
    "Journal Entry - Line: Credit", "Journal Entry - Line: Memo",
    "Journal Entry - Line: Department",
)  # fmt: skip


def rows(entry: JournalEntry, subsidiary: str) -> Iterator[Row]:
    """Write an entry as a draft (`Approved` is F)."""
    period = f"{month_name(entry.posted_on)} {entry.posted_on.year}"
    body = (
        entry.entry_id, american(entry.posted_on), period, subsidiary, entry.currency,
        entry.memo[:TEXT_LENGTH], "F",
    )  # fmt: skip
    for line in entry.lines:
        _fits(entry, line)
        yield (
            *body, line.account, amount(line.debit), amount(line.credit), line.memo[:TEXT_LENGTH],
            line.cost_center,
        )  # fmt: skip


def _fits(entry: JournalEntry, line: JournalLine) -> None:
    if max(line.debit, line.credit) > LARGEST:
        raise UsageError(
            f"entry {entry.entry_id} line {line.number} is larger than NetSuite imports "
            f"({LARGEST}): split the component or enter it by hand"
        )


LAYOUT = Layout(name="netsuite", columns=COLUMNS, rows=rows)
