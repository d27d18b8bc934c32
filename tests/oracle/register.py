"""What people cost (attribution 5; ruling 4): payroll first, a rate only where there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from tests.oracle.arithmetic import rounded, shared
from tests.oracle.capacity import Calendar
from tests.oracle.carriers import Carriers
from tests.oracle.money import Money
from tests.oracle.records import Records, Row, exact, month_of


class Line(NamedTuple):
    """A line of the register in functional currency, minor units."""

    person: str
    month: str
    entity: str | None
    pay_component: str
    currency: str
    amount: int


class Register:
    """Lines of payroll and rates, converted once; later they are split over minutes."""

    def __init__(self, records: Records, money: Money, carriers: Carriers) -> None:
        self.records, self.money, self.carriers = records, money, carriers
        self.calendar = Calendar(records)

    def lines(self) -> list[Line]:
        """Return the register; lines of one person, month, entity, component and currency add."""
        amounts: dict[tuple[str, str, str | None, str, str], int] = defaultdict(int)
        for line in (*self._payroll(), *self._rated()):
            for currency, part in self._by_currency(line).items():
                amount = self.money.converted(part, line.month, line.currency, currency)
                amounts[*line[:4], currency] += amount
        return [Line(*key, amount) for key, amount in amounts.items()]

    def _by_currency(self, line: Line) -> dict[str, int]:
        """The functional currencies of a line: of its entity, else by minutes, else who pays."""
        functional = self.money.functional
        if line.entity is not None:
            return {functional[line.entity]: line.amount}
        minutes: dict[str, int] = defaultdict(int)
        for grain, share in self.carriers.of(line.person, line.month).items():
            minutes[functional[grain.entity]] += share
        if not minutes:
            spell = self.carriers.paying_spell(line.person, line.month)
            return {functional[spell["entity"]]: line.amount}
        return shared(line.amount, minutes)

    def _payroll(self) -> list[Line]:
        amounts: dict[tuple[str, str, str | None, str, str], int] = defaultdict(int)
        for row in self.records.rows("company.payroll"):
            if row["month"] in self.records.months:
                key = (row["person_id"], row["month"], row.get("entity"), row["pay_component"],
                       row["currency"])  # fmt: skip
                amounts[key] += self.money.minor(row["amount"], row["currency"])
        return [Line(*key, amount) for key, amount in amounts.items()]

    def _rated(self) -> list[Line]:
        """Amount × capacity ÷ full-time capacity of the month, by stretches of one rate."""
        paid = {(row["person_id"], row["month"]) for row in self.records.rows("company.payroll")}
        stretches: dict[tuple[str, str, str, str, str, str], tuple[Row, int]] = {}
        for (person, on), entry in self.calendar.days.items():
            month = month_of(on)
            if month not in self.records.months or (person, month) in paid or not entry.capacity:
                continue
            rate = self._rate(person, entry.spell.get("band"), on)
            if rate:
                key = (person, month, entry.spell["entity"], rate["currency"],
                       rate["effective_from"], entry.spell["calendar"])  # fmt: skip
                key = (*key, rate["monthly_amount"])
                stretches[key] = rate, stretches.get(key, (rate, 0))[1] + entry.capacity
        return list(self._valued(stretches))

    def _valued(self, stretches: dict) -> Iterator[Line]:
        amounts: dict[tuple[str, str, str, str], int] = defaultdict(int)
        for key, (rate, capacity) in stretches.items():
            person, month, entity, currency, _, calendar = key[:6]
            monthly = self.money.minor(rate["monthly_amount"], currency)
            full = self._full_time(month, calendar)
            amounts[person, month, entity, currency] += rounded(Fraction(monthly * capacity, full))
        for (person, month, entity, currency), amount in amounts.items():
            yield Line(person, month, entity, "blended_rate", currency, amount)

    def _rate(self, person: str, band: str | None, on: date) -> Row | None:
        """The latest rate of the person, else of the band."""
        known = [
            row
            for row in self.records.rows("company.rates")
            if row["effective_from"] <= on.isoformat()
        ]
        own = [row for row in known if row.get("person_id") == person]
        common = [
            row
            for row in known
            if row.get("person_id") is None and band is not None and row.get("band") == band
        ]
        latest = sorted(own or common, key=lambda row: row["effective_from"])
        return latest[-1] if latest else None

    def _full_time(self, month: str, calendar: str) -> int:
        on, last = self.records.months[month]
        hours = exact(self.records.settings["hours_per_day"]) or Fraction(0)
        full = 0
        while on <= last:
            if on.isoweekday() <= 5 and (calendar, on.isoformat()) not in self.calendar.holidays:
                full += rounded(hours * 60)
            on += timedelta(days=1)
        return full
