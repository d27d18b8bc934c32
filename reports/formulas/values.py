"""Cells as a spreadsheet reads them: numbers, days, and what a criterion compares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from reports.spec import Formula, Scope, Value

ZERO = Decimal(0)
DAY_ZERO = date(1899, 12, 30)
"""Day that a spreadsheet counts days from."""
CONSTANTS = frozenset(Decimal(value) for value in (0, 1, -1, 2, 12, 24, 60, 100))
"""Numbers that a formula may hold; everything else is a named cell."""


def as_number(value: Value) -> Decimal:
    """Read a cell as a number; an empty cell is zero.

    Raises:
        ValueError: The cell holds text.
    """
    if value is None:
        return ZERO
    if isinstance(value, (Decimal, int)):
        return Decimal(value)
    if isinstance(value, date):
        return Decimal((value - DAY_ZERO).days)
    raise ValueError(f"{value!r} is not a number")


@lru_cache(maxsize=262_144)
def criterion_key(value: Value) -> str:
    """Return how a spreadsheet compares a cell with a criterion: number if it reads as one."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    try:
        return str(Decimal(text).normalize()) if text[:1] in "+-.0123456789" else text.casefold()
    except InvalidOperation:
        return text.casefold()


def quoted_text(value: str) -> str:
    """Return text as a constant of a formula."""
    return '"' + value.replace('"', '""') + '"'


def all_sheets(scope: Scope, parts: Iterable[Formula]) -> frozenset[str]:
    """Return the sheets that any of the nodes refers to."""
    return frozenset(sheet for part in parts for sheet in part.sheets(scope))
