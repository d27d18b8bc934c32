"""Dynamics 365 Finance general journal (LedgerJournalEntity of the data management framework).

The batch number is a placeholder; all rows of a voucher share the date. The account string is the
main account, the cost centre and two open dimensions. Source: accounting page, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from capstream.journals.layout import Layout, Row, amount, placed
from capstream.journals.lines import JournalEntry

COLUMNS = (
    "JOURNALBATCHNUMBER", "LINENUMBER", "JOURNALNAME", "DESCRIPTION", "POSTINGLAYER",
    "ACCOUNTTYPE", "ACCOUNTDISPLAYVALUE", "ACCOUNTDEFAULTDIMENSIONDISPLAYVALUE",
    "FINTAGDISPLAYVALUE", "OFFSETACCOUNTTYPE", "OFFSETACCOUNTDISPLAYVALUE",
    "OFFSETDEFAULTDIMENSIONDISPLAYVALUE", "OFFSETFINTAGDISPLAYVALUE", "TRANSDATE", "VOUCHER",
    "CURRENCYCODE", "DEBITAMOUNT", "CREDITAMOUNT", "EXCHANGERATE", "EXCHANGERATESECONDARY",
    "REPORTINGCURRENCYEXCHRATE", "REPORTINGCURRENCYEXCHRATESECONDARY",
)  # fmt: skip
JOURNAL_NAME = "GenJrn"
NUMBER_LENGTH = 20
TEXT_LENGTH = 60
LINES_PER_FILE = 10_000


def rows(entry: JournalEntry, subsidiary: str) -> Iterator[Row]:
    """Write an entry as one voucher."""
    for line in entry.lines:
        yield placed(
            COLUMNS,
            (
                ("JOURNALBATCHNUMBER", entry.number(NUMBER_LENGTH)),
                ("LINENUMBER", str(line.number)),
                ("JOURNALNAME", JOURNAL_NAME),
                ("DESCRIPTION", line.memo[:TEXT_LENGTH]),
                ("POSTINGLAYER", "Current"),
                ("ACCOUNTTYPE", "Ledger"),
                ("ACCOUNTDISPLAYVALUE", f"{line.account}-{line.cost_center}--"),
                ("TRANSDATE", entry.posted_on.isoformat()),
                ("VOUCHER", entry.number(NUMBER_LENGTH)),
                ("CURRENCYCODE", entry.currency),
                ("DEBITAMOUNT", amount(line.debit)),
                ("CREDITAMOUNT", amount(line.credit)),
            ),
        )


LAYOUT = Layout(name="dynamics_365", columns=COLUMNS, rows=rows, line_limit=LINES_PER_FILE)
