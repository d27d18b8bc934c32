"""SAP S/4HANA Upload General Journal Entries: a mapped template, header fields on every item row.

Download the app's own template and map these names to it (accounting page, section 6).
"""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row, amount
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "BUKRS", "BLART", "BLDAT", "BUDAT", "MONAT", "BKTXT", "WAERS", "XBLNR", "HKONT", "SGTXT",
    "WRSOL", "WRHAB", "KOSTL", "ZUONR",
)  # fmt: skip
HEADER_TEXT_LENGTH = 25
ITEM_TEXT_LENGTH = 50
REFERENCE_LENGTH = 16


def rows(entry: JournalEntry, subsidiary: str) -> Iterator[Row]:
    """Write an entry with texts cut to the lengths of their fields."""
    day = f"{entry.posted_on:%Y%m%d}"
    reference = entry.number(REFERENCE_LENGTH)
    for line in entry.lines:
        yield (
            subsidiary, "SA", day, day, f"{entry.posted_on.month:02d}",
            entry.memo[:HEADER_TEXT_LENGTH], entry.currency, reference, line.account,
            line.memo[:ITEM_TEXT_LENGTH], amount(line.debit), amount(line.credit),
            line.cost_center, line.component_id[:REFERENCE_LENGTH],
        )  # fmt: skip


LAYOUT = Layout(name="sap_s4hana", columns=COLUMNS, rows=rows)
