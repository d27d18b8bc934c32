"""Field types of the configuration: strict, and each with the JSON Schema that says the same.

YAML gives text, integers, decimals, booleans and nothing (see `yaml_reader`). A text field also
takes an integer, because an account code or a project written `1560` is meant as text; nothing
else is converted silently.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
)
from pydantic import WithJsonSchema as Schema

from capstream.types import Month, minor_digits

_FIRST_YEAR, _LAST_YEAR = 1970, 2199
YEAR_PATTERN = r"(19[7-9]\d|2[01]\d\d)"


def _text(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("is not text: write it in quotes")
    text = str(value)
    if not text.strip():
        raise ValueError("is empty: write a text or leave the key out")
    return text


def _month(value: object) -> Month:
    if isinstance(value, Month):
        return value
    if not isinstance(value, str):
        raise ValueError("is not a month: write YYYY-MM")
    month = Month.parse(value)
    require_plausible_year(month.year)
    return month


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("is not a date: write YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("is not a day of the calendar: write YYYY-MM-DD") from None
    require_plausible_year(day.year)
    return day


def require_plausible_year(year: int) -> None:
    """Refuse a year that no book has: 0026 for 2026, or 20226.

    Raises:
        ValueError: The year is before 1970 or after 2199.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"is outside {_FIRST_YEAR} to {_LAST_YEAR}: correct the year")


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("is not a number: write it with digits and a point, without quotes")
    return Decimal(value)


def _currency(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError("is not a currency: write its ISO 4217 code, such as USD")
    minor_digits(value)
    return value


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _timezone(value: object) -> object:
    if not isinstance(value, str) or value not in _timezones():
        raise ValueError("is not a time zone: write an IANA name, such as Europe/Berlin")
    return value


def _variable(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z_][A-Z0-9_]*", value):
        raise ValueError(
            "is not the name of an environment variable: write a NAME of capital letters, digits "
            "and _, and put the secret into that variable"
        )
    return value


def _amount_between(low: Decimal, high: Decimal | None, *, above_low: bool = False) -> Any:
    """Build the check of a number's range; `high` None = no upper end."""

    def check(value: object) -> Decimal:
        number = _number(value)
        too_low = number <= low if above_low else number < low
        if too_low or (high is not None and number > high):
            floor = f"more than {low}" if above_low else f"at least {low}"
            ceiling = "" if high is None else f" and at most {high}"
            raise ValueError(f"is out of range: write a number of {floor}{ceiling}")
        return number

    return BeforeValidator(check)


Text = Annotated[
    str, BeforeValidator(_text), Schema({"type": ["string", "integer"], "pattern": r"\S"})
]
MonthText = Annotated[
    Month,
    BeforeValidator(_month),
    PlainSerializer(str),
    Schema({"type": "string", "pattern": rf"^{YEAR_PATTERN}-(0[1-9]|1[0-2])$"}),
]
DateText = Annotated[
    date,
    BeforeValidator(_date),
    Schema({"type": "string", "format": "date", "pattern": rf"^{YEAR_PATTERN}-\d{{2}}-\d{{2}}$"}),
]
Currency = Annotated[
    str, BeforeValidator(_currency), Schema({"type": "string", "pattern": "^[A-Z]{3}$"})
]
Timezone = Annotated[
    str, BeforeValidator(_timezone), Schema({"type": "string", "pattern": r"^[A-Za-z]"})
]
VariableName = Annotated[
    str, BeforeValidator(_variable), Schema({"type": "string", "pattern": "^[A-Z_][A-Z0-9_]*$"})
]
Ratio = Annotated[
    Decimal,
    _amount_between(Decimal(0), Decimal(1)),
    Schema({"type": "number", "minimum": 0, "maximum": 1}),
]
NotNegative = Annotated[
    Decimal, _amount_between(Decimal(0), None), Schema({"type": "number", "minimum": 0})
]
Positive = Annotated[
    Decimal,
    _amount_between(Decimal(0), None, above_low=True),
    Schema({"type": "number", "exclusiveMinimum": 0}),
]
HoursOfDay = Annotated[
    Decimal,
    _amount_between(Decimal(0), Decimal(24), above_low=True),
    Schema({"type": "number", "exclusiveMinimum": 0, "maximum": 24}),
]
Count = Annotated[int, Field(ge=0)]
