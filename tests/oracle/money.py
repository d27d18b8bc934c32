"""Money in minor units and its conversion at the month's average rate (rulings 1 and 4)."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.arithmetic import rounded
from tests.oracle.records import Records, exact


class Money:
    """Currencies, entities and rates of a company."""

    def __init__(self, records: Records) -> None:
        self.digits = {
            row["currency_code"]: int(row["minor_digits"])
            for row in records.rows("company.currencies")
        }
        self.functional = {
            row["entity"]: row["functional_currency"] for row in records.rows("company.entities")
        }
        self.countries = {row["entity"]: row["country"] for row in records.rows("company.entities")}
        self.reporting: str = records.settings["reporting_currency"]
        self.rates = {
            (row["month"], row["from_currency"], row["to_currency"]): exact(row["rate"])
            for row in records.rows("company.fx_rates")
            if row["rate_kind"] == "average"
        }

    def minor(self, amount: object, currency: str) -> int:
        """Return an amount in minor units of its currency."""
        return rounded((exact(amount) or Fraction(0)) * 10 ** self.digits[currency])

    def converted(self, minor: int, month: str, source: str, target: str) -> int:
        """Convert minor units at the month's average rate, rounded once."""
        rate = Fraction(1) if source == target else self.rates[month, source, target]
        assert rate is not None
        scale = Fraction(10) ** (self.digits[target] - self.digits[source])
        return rounded(minor * rate * scale)

    def text(self, minor: int, currency: str) -> str:
        """Return minor units as the warehouse writes them, with two decimals."""
        cents = minor * 10 ** (2 - self.digits[currency])
        return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
