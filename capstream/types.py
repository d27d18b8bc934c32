"""Values that every layer shares: months and money in minor units."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

_MONTH_PATTERN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

ZERO_DIGIT_CURRENCIES = frozenset(
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
        "VND", "VUV", "XAF", "XOF", "XPF",
    }
)  # fmt: skip
THREE_DIGIT_CURRENCIES = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written `YYYY-MM` everywhere."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM`.

        Raises:
            ValueError: The text is not a month of that form.
        """
        match = _MONTH_PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a month: write YYYY-MM")
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> date:
        """First day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Last day of the month."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Self:
        """Return the month that many months later (earlier when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return type(self)(index // 12, index % 12 + 1)

    def through(self, last: Month) -> list[Month]:
        """List the months from this one to `last`, both included."""
        count = (last.year - self.year) * 12 + last.number - self.number + 1
        return [Month(self.year, self.number).plus(step) for step in range(count)]

    def __str__(self) -> str:
        """Write `YYYY-MM`."""
        return f"{self.year:04d}-{self.number:02d}"


def minor_digits(currency: str) -> int:
    """Return the number of decimal digits of a currency (ISO 4217): 0 or 2.

    Raises:
        ValueError: The currency has three digits, which no amount column can hold.
    """
    if currency in THREE_DIGIT_CURRENCIES:
        raise ValueError(f"{currency} has three decimal digits, which is not supported")
    return 0 if currency in ZERO_DIGIT_CURRENCIES else 2


def round_money(amount: Decimal, currency: str) -> Decimal:
    """Round half away from zero to the currency's minor unit."""
    return amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), rounding=ROUND_HALF_UP)
