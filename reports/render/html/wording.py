"""How a cell reads on the page: its number format, set for readers instead of ledgers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from reports.formats import NUMBER_FORMATS
from reports.formulas import DAY_ZERO
from reports.render.text import cleaned
from reports.spec import Unit, Value

MINUS = "\u2212"
LAST_DAY = 2_958_465
"""Number of 9999-12-31, the last day that a spreadsheet knows."""
_PLACES = re.compile(r"0\.(0+)")
_SUFFIX = re.compile(r'"([^"]*)"')


def stored(value: Value) -> str:
    """Return a number as a spreadsheet stores it, 15 digits; empty for what is no number."""
    if isinstance(value, date):
        value = (value - DAY_ZERO).days
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        return ""
    return f"{float(value):.15g}"


def shown(value: Value, unit: Unit) -> str:
    """Return what a reader sees of a cell: negatives with a minus sign, zero as zero."""
    number = stored(value)
    return written(number, NUMBER_FORMATS[unit]) if number else cleaned(str(value or ""))


@lru_cache(maxsize=65_536)
def written(number: str, code: str) -> str:
    """Write a stored number under a number format of the workbooks.

    Args:
        number: As `stored` returns it.
        code: Number format; of its sections the first decides places, percent and suffix.
    """
    value = Decimal(number)
    if "yy" in code:
        day = DAY_ZERO + timedelta(days=int(value))
        return f"{day:%b %Y}" if "mmm" in code else day.isoformat()
    section = code.split(";")[0]
    if section == "General":
        return f"{value:,f}".replace("-", MINUS)
    found = _PLACES.search(section)
    places = len(found[1]) if found else 0
    if "%" in section:
        value *= 100
    rounded = value.copy_abs().quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = MINUS if value < 0 and rounded else "+" if value > 0 and section[0] == "+" else ""
    digits = f"{rounded:,f}" if "," in section else f"{rounded:f}"
    return sign + digits + ("%" if "%" in section else "") + "".join(_SUFFIX.findall(section))


def ways(number: str) -> frozenset[str]:
    """Return every way in which the page may write a stored number."""
    is_day = 0 <= Decimal(number) <= LAST_DAY
    codes = (code for code in NUMBER_FORMATS.values() if is_day or "yy" not in code)
    return frozenset(written(number, code) for code in codes)
