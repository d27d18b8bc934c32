"""Oracle Fusion file-based data import (Journal Import): a zip of a headerless `GlInterface.csv`.

One hundred and fifty positions that may be neither moved nor left out. Ledger ID stays blank and
the ledger's name is given; REFERENCE3 stays blank. The customer's own template decides, as it
changes with the release. Source: accounting page, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row, amount, month_name, placed
from capstream.journals.lines import JournalEntry


def _numbered(words: str, first: int, last: int) -> Row:
    return tuple(words.format(number) for number in range(first, last + 1))


COLUMNS = (
    "*Status Code", "*Ledger ID", "*Effective Date of Transaction", "*Journal Source",
    "*Journal Category", "*Currency Code", "*Journal Entry Creation Date", "*Actual Flag",
    *_numbered("Segment{}", 1, 30),
    "Entered Debit Amount", "Entered Credit Amount", "Converted Debit Amount",
    "Converted Credit Amount",
    "REFERENCE1 (Batch Name)", "REFERENCE2 (Batch Description)", "REFERENCE3",
    "REFERENCE4 (Journal Entry Name)", "REFERENCE5 (Journal Entry Description)",
    "REFERENCE6 (Journal Entry Reference)", "REFERENCE7 (Journal Entry Reversal flag)",
    "REFERENCE8 (Journal Entry Reversal Period)", "REFERENCE9 (Journal Reversal Method)",
    "REFERENCE10 (Journal Entry Line Description)",
    *_numbered("Reference column {}", 1, 10),
    "Statistical Amount", "Currency Conversion Type", "Currency Conversion Date",
    "Currency Conversion Rate", "Interface Group Identifier",
    "Context field for Journal Entry Line DFF",
    *_numbered("ATTRIBUTE{}", 1, 2),
    *_numbered("Attribute{} Value for Journal Entry Line DFF", 3, 10),
    *_numbered("Attribute{} Value for Captured Information DFF", 11, 20),
    "Context field for Captured Information DFF", "Average Journal Flag", "Clearing Company",
    "Ledger Name", "Encumbrance Type ID", "Reconciliation Reference", "Period Name",
    *_numbered("REFERENCE {}", 18, 20),
    *_numbered("Attribute Date {}", 1, 10),
    *_numbered("Attribute Number {}", 1, 10),
    "Global Attribute Category",
    *_numbered("Global Attribute {}", 1, 20),
    *_numbered("Global Attribute Date {}", 1, 5),
    *_numbered("Global Attribute Number {}", 1, 5),
    "END",
)  # fmt: skip
NAME_LENGTH = 100
TEXT_LENGTH = 240


def rows(entry: JournalEntry, subsidiary: str) -> Iterator[Row]:
    """Write an entry; Segment1 is the entity, Segment2 the account, Segment3 the cost centre."""
    day = f"{entry.posted_on:%Y/%m/%d}"
    period = f"{month_name(entry.posted_on)}-{entry.posted_on:%y}"
    for line in entry.lines:
        yield placed(
            COLUMNS,
            (
                ("*Status Code", "NEW"),
                ("*Effective Date of Transaction", day),
                ("*Journal Source", "Capstream"),
                ("*Journal Category", "Capitalised software"),
                ("*Currency Code", entry.currency),
                ("*Journal Entry Creation Date", day),
                ("*Actual Flag", "A"),
                ("Segment1", entry.entity),
                ("Segment2", line.account),
                ("Segment3", line.cost_center),
                ("Entered Debit Amount", amount(line.debit)),
                ("Entered Credit Amount", amount(line.credit)),
                ("REFERENCE1 (Batch Name)", f"Capstream {entry.entity} {day[:7]}"),
                ("REFERENCE4 (Journal Entry Name)", entry.number(NAME_LENGTH)),
                ("REFERENCE5 (Journal Entry Description)", entry.memo[:TEXT_LENGTH]),
                ("REFERENCE6 (Journal Entry Reference)", line.source_ref[:NAME_LENGTH]),
                ("REFERENCE10 (Journal Entry Line Description)", line.memo[:TEXT_LENGTH]),
                ("Ledger Name", subsidiary),
                ("Period Name", period),
                ("END", "END"),
            ),
        )


LAYOUT = Layout(
    name="oracle_fusion",
    columns=COLUMNS,
    rows=rows,
    has_header=False,
    archive_member="GlInterface.csv",
)
