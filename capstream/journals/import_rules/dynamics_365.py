"""Dynamics 365 Finance, LedgerJournalEntity: 10,000 lines a batch (accounting page, section 6)."""

from __future__ import annotations

from capstream.journals.import_rules.forms import (
    currency,
    day,
    matching,
    money,
    one_of,
    whole,
    words,
)
from capstream.journals.import_rules.rules import ImportRules, column, filled

_RATE = matching(r"[0-9]+(\.[0-9]+)?", "write a number")
RULES = ImportRules(
    fields=(
        filled("JOURNALBATCHNUMBER", words(20)),
        filled("LINENUMBER", whole()),
        filled("JOURNALNAME", words(10)),
        column("DESCRIPTION", words(60)),
        column("POSTINGLAYER", one_of("Current", "Operations", "Tax", "None", "")),
        filled("ACCOUNTTYPE", one_of("Ledger", because=": intercompany is not imported")),
        filled("ACCOUNTDISPLAYVALUE", words(255)),
        column("ACCOUNTDEFAULTDIMENSIONDISPLAYVALUE", words(255)),
        column("FINTAGDISPLAYVALUE", words(255)),
        column("OFFSETACCOUNTTYPE", words(20)),
        column("OFFSETACCOUNTDISPLAYVALUE", words(255)),
        column("OFFSETDEFAULTDIMENSIONDISPLAYVALUE", words(255)),
        column("OFFSETFINTAGDISPLAYVALUE", words(255)),
        filled("TRANSDATE", day("YYYY-MM-DD", "%Y-%m-%d")),
        filled("VOUCHER", words(20)),
        filled("CURRENCYCODE", currency()),
        column("DEBITAMOUNT", money(13)),
        column("CREDITAMOUNT", money(13)),
        column("EXCHANGERATE", _RATE),
        column("EXCHANGERATESECONDARY", _RATE),
        column("REPORTINGCURRENCYEXCHRATE", _RATE),
        column("REPORTINGCURRENCYEXCHRATESECONDARY", _RATE),
    ),
    entry=("JOURNALBATCHNUMBER", "VOUCHER"),
    day="TRANSDATE",
    debit="DEBITAMOUNT",
    credit="CREDITAMOUNT",
    currency="CURRENCYCODE",
    line="LINENUMBER",
    shared=("TRANSDATE", "JOURNALNAME"),
    line_limit=10_000,
)
