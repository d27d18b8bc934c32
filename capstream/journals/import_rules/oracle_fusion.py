"""Oracle Fusion journal import: a zip of a headerless file with 150 positions (section 6).

Lengths are those of the interface table: segments 25, names 100, descriptions 240 characters.
"""

from __future__ import annotations

from datetime import date

from capstream.journals.formats.oracle_fusion import COLUMNS
from capstream.journals.import_rules.forms import (
    Form,
    blank,
    currency,
    day,
    matching,
    money,
    one_of,
    words,
)
from capstream.journals.import_rules.rules import Field, ImportRules, Period
from capstream.journals.layout import month_name

POSITIONS = 150


def _period(posted: date) -> str:
    return f"{month_name(posted)}-{posted:%y}"


_DATE = day("YYYY/MM/DD", "%Y/%m/%d")
_FILLED: dict[int, Form] = {
    1: one_of("NEW", because=": the line must be new"),
    3: _DATE,
    4: words(25),
    5: words(25),
    6: currency(),
    7: _DATE,
    8: one_of("A"),
    9: words(25),
    43: words(100),
    46: words(100),
    95: matching("[A-Z][a-z]{2}-[0-9]{2}", "write it like Oct-26"),
    150: one_of("END"),
}
_OPEN: dict[int, Form] = {
    **dict.fromkeys(range(10, 39), words(25)),
    **dict.fromkeys(range(39, 43), money(15)),
    44: words(240),
    45: blank(),
    47: words(240),
    48: words(100),
    52: words(240),
    92: words(30),
}
"""Position, from one, and what may stand there; REFERENCE3 stays blank."""

RULES = ImportRules(
    fields=tuple(
        Field(name, _FILLED.get(at) or _OPEN.get(at) or words(150), is_filled=at in _FILLED)
        for at, name in enumerate(COLUMNS, 1)
    ),
    entry=("REFERENCE1 (Batch Name)", "REFERENCE4 (Journal Entry Name)"),
    day="*Effective Date of Transaction",
    debit="Entered Debit Amount",
    credit="Entered Credit Amount",
    currency="*Currency Code",
    shared=("*Effective Date of Transaction", "*Currency Code", "Period Name", "Ledger Name"),
    period=Period("Period Name", _period),
    is_positional=True,
    member="GlInterface.csv",
)
