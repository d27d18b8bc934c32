"""NetSuite Import Assistant, single journal entries (accounting page, section 6)."""

from __future__ import annotations

from datetime import date

from capstream.journals.import_rules.forms import currency, day, matching, money, one_of, words
from capstream.journals.import_rules.rules import ImportRules, Period, column, filled, optional
from capstream.journals.layout import month_name


def _period(posted: date) -> str:
    return f"{month_name(posted)} {posted.year}"


_LINE = "Journal Entry - Line: "
_NAME = words(999)
_DATE = day("MM/DD/YYYY", "%m/%d/%Y")
RULES = ImportRules(
    fields=(
        filled("External ID", words(255)),
        filled("Date", _DATE),
        filled("Posting Period", matching("[A-Z][a-z]{2} [0-9]{4}", "write it like Oct 2026")),
        filled("Subsidiary", _NAME),
        filled("Currency", currency()),
        column("Memo", words(999)),
        filled("Approved", one_of("F", "FALSE", "No", because=": the entry must be unposted")),
        filled(f"{_LINE}Account", _NAME),
        column(f"{_LINE}Debit", money(10)),
        column(f"{_LINE}Credit", money(10)),
        column(f"{_LINE}Memo", words(999)),
        *(optional(f"{_LINE}{name}", _NAME) for name in ("Department", "Class", "Location")),
        *(optional(f"{_LINE}{name}", _NAME) for name in ("Name", "Gross Amt", "End Date")),
        optional("Exchange Rate", matching(r"[0-9]+(\.[0-9]+)?", "write a number")),
        optional("Reversal Date", _DATE),
        *(optional(name, _NAME) for name in ("Accounting Book", "Is Book Specific")),
        *(optional(name, _NAME) for name in ("Department", "Class", "Location")),
    ),
    entry=("External ID",),
    day="Date",
    debit=f"{_LINE}Debit",
    credit=f"{_LINE}Credit",
    currency="Currency",
    shared=("Date", "Posting Period", "Subsidiary", "Currency", "Memo", "Approved"),
    period=Period("Posting Period", _period),
)
