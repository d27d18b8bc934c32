"""Xero manual journals: signed amounts, at most 300 lines a file, imported as drafts.

Rows of one narration and date form a journal. Source: accounting page, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount", "TrackingName1",
    "TrackingOption1", "TrackingName2", "TrackingOption2",
)  # fmt: skip
TAX_RATE = "Tax Exempt"  # the full name of the rate; a reclassification carries no tax
TEXT_LENGTH = 4000
LINES_PER_FILE = 300


def rows(entry: JournalEntry, _: str) -> Iterator[Row]:
    """Write an entry: debits positive, credits negative."""
    narration = entry.memo if entry.lines[0].number == 1 else f"{entry.memo}, continued"
    for line in entry.lines:
        tracking = ("Cost centre", line.cost_center) if line.cost_center else ("", "")
        yield (
            narration,
            f"{entry.posted_on:%d/%m/%Y}",
            line.memo[:TEXT_LENGTH],
            line.account,
            TAX_RATE,
            f"{line.signed:.2f}",
            *tracking,
            "",
            "",
        )


LAYOUT = Layout(name="xero", columns=COLUMNS, rows=rows, line_limit=LINES_PER_FILE)
