"""Business Central general journal lines: signed amounts (accounting page, section 6).

A mapped template: journal template, batch and dimensions are the tenant's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "Journal Template Name", "Journal Batch Name", "Line No.", "Posting Date", "Document Type",
    "Document No.", "Account Type", "Account No.", "Description", "Amount", "Bal. Account Type",
    "Bal. Account No.", "Shortcut Dimension 1 Code", "Shortcut Dimension 2 Code",
)  # fmt: skip
CODE_LENGTH = 20
TEXT_LENGTH = 100
LINE_STEP = 10_000  # the numbering that the journal itself uses


def rows(entry: JournalEntry, _: str) -> Iterator[Row]:
    """Write an entry; documents balance by their number, without balancing accounts."""
    for line in entry.lines:
        yield (
            "GENERAL",
            "CAPSTREAM",
            str(line.number * LINE_STEP),
            entry.posted_on.isoformat(),
            "",
            entry.number(CODE_LENGTH),
            "G/L Account",
            line.account,
            line.memo[:TEXT_LENGTH],
            f"{line.signed:.2f}",
            "",
            "",
            line.cost_center,
            line.component_id[:CODE_LENGTH],
        )


LAYOUT = Layout(name="business_central", columns=COLUMNS, rows=rows)
