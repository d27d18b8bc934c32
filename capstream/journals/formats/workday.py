"""Workday Import Accounting Journal: a mapped template, always a draft.

Worktags and reference ids are the tenant's own (accounting page, section 6).
"""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row, amount
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "H_JournalKey", "H_Submit", "H_Company", "H_Currency", "H_LedgerType", "H_AccountingDate",
    "H_JournalSource", "H_JournalEntryMemo", "H_JournalExternalRefID", "L_Order",
    "L_LedgerAccount", "L_DebitAmount", "L_CreditAmount", "L_Currency", "L_Memo",
    "L_ExternalRefID", "L_CostCenter",
)  # fmt: skip
TEXT_LENGTH = 255


def rows(entry: JournalEntry, subsidiary: str) -> Iterator[Row]:
    """Write an entry with `Submit` 0, a draft."""
    for line in entry.lines:
        yield (
            entry.entry_id, "0", subsidiary, entry.currency, "ACTUALS",
            entry.posted_on.isoformat(), "Capstream", entry.memo[:TEXT_LENGTH], entry.entry_id,
            str(line.number), line.account, amount(line.debit), amount(line.credit),
            entry.currency, line.memo[:TEXT_LENGTH], line.source_ref, line.cost_center,
        )  # fmt: skip


LAYOUT = Layout(name="workday", columns=COLUMNS, rows=rows)
