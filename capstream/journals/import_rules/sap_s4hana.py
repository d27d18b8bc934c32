"""SAP S/4HANA Upload General Journal Entries: field lengths of BKPF and BSEG (section 6).

The customer's downloaded template may name more fields.
"""

from __future__ import annotations

from datetime import date

from capstream.journals.import_rules.forms import currency, day, matching, money, words
from capstream.journals.import_rules.rules import ImportRules, Period, column, filled


def _period(posted: date) -> str:
    return f"{posted.month:02d}"


_DATE = day("YYYYMMDD", "%Y%m%d")
RULES = ImportRules(
    fields=(
        filled("BUKRS", words(4)),
        filled("BLART", words(2)),
        filled("BLDAT", _DATE),
        filled("BUDAT", _DATE),
        filled("MONAT", matching("0[1-9]|1[0-2]", "write the posting month in two digits")),
        column("BKTXT", words(25)),
        filled("WAERS", currency()),
        filled("XBLNR", words(16)),
        filled("HKONT", words(10)),
        column("SGTXT", words(50)),
        column("WRSOL", money(13)),
        column("WRHAB", money(13)),
        column("KOSTL", words(10)),
        column("ZUONR", words(18)),
    ),
    entry=("BUKRS", "XBLNR"),
    day="BUDAT",
    debit="WRSOL",
    credit="WRHAB",
    currency="WAERS",
    shared=("BLART", "BLDAT", "BUDAT", "MONAT", "BKTXT", "WAERS"),
    period=Period("MONAT", _period),
    takes_more=True,
)
