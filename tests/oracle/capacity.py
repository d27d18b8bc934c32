"""Capacity first (attribution 1): how many minutes each person has on each day, and is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from tests.oracle.arithmetic import rounded
from tests.oracle.records import Records, Row, day, exact, month_of

# Evidence and working days reach a quarter back before the books, so that the first month can look
# back; what is older is not looked at.
MONTHS_BACK = 3


@dataclass(frozen=True)
class PersonDay:
    """A day of a person: the spell that holds, minutes of work and of paid leave."""

    spell: Row
    capacity: int
    leave: int


class Calendar:
    """Person-days from well before the books to their last day."""

    def __init__(self, records: Records) -> None:
        self.records = records
        first = min(first for first, _ in records.months.values())
        back = first.year * 12 + first.month - 1 - MONTHS_BACK
        self.first = date(back // 12, back % 12 + 1, 1)
        self.last = max(last for _, last in records.months.values())
        self.holidays = {
            (row["calendar"], row["holiday_date"]) for row in records.rows("company.calendar_days")
        }

    @cached_property
    def days(self) -> dict[tuple[str, date], PersonDay]:
        """Person-days by person and day; days outside every spell are missing."""
        found = {}
        for spell in self.records.rows("company.people"):
            on = max(date.fromisoformat(spell["start_date"]), self.first)
            until = min(day(spell.get("end_date")) or self.last, self.last)
            while on <= until:
                found[spell["person_id"], on] = self._person_day(spell, on)
                on += timedelta(days=1)
        return found

    @cached_property
    def working(self) -> dict[str, list[date]]:
        """Days with capacity by person, in order: the person's working days."""
        found: dict[str, list[date]] = {}
        for (person, on), entry in sorted(self.days.items(), key=lambda pair: pair[0]):
            if entry.capacity:
                found.setdefault(person, []).append(on)
        return found

    @cached_property
    def numbers(self) -> dict[tuple[str, date], int]:
        """Number of each working day in its person's sequence."""
        return {
            (person, on): number
            for person, days in self.working.items()
            for number, on in enumerate(days)
        }

    def carrying_day(self, person: str, on: date) -> date | None:
        """Return the working day that carries evidence of a day (ruling 5); None without one."""
        days = [d for d in self.working.get(person, ()) if month_of(d) == month_of(on)]
        later = [d for d in days if d >= on]
        return later[0] if later else (days[-1] if days else None)

    def _person_day(self, spell: Row, on: date) -> PersonDay:
        scheduled = self._scheduled(spell, on)
        paid, unpaid = self._away(spell["person_id"], on)
        if (spell["calendar"], on.isoformat()) in self.holidays:
            paid, unpaid = Fraction(1), Fraction(0)
        paid = min(paid, Fraction(1))
        unpaid = min(unpaid, 1 - paid)
        capacity = rounded(scheduled * (1 - paid - unpaid))
        leave = rounded(scheduled * (1 - unpaid)) - capacity
        return PersonDay(spell, capacity, leave)

    def _scheduled(self, spell: Row, on: date) -> Fraction:
        if "agent" in (spell["worker_type"], spell["role_class"]):
            return Fraction(0)
        if any(spell.get(f"hours_{number}") is not None for number in range(1, 8)):
            return (exact(spell.get(f"hours_{on.isoweekday()}")) or Fraction(0)) * 60
        if on.isoweekday() > 5:
            return Fraction(0)
        hours = exact(self.records.settings["hours_per_day"]) or Fraction(0)
        return hours * 60 * (exact(spell["fte"]) or Fraction(0))

    def _away(self, person: str, on: date) -> tuple[Fraction, Fraction]:
        shares = {"paid": Fraction(0), "unpaid": Fraction(0)}
        for row in self.records.rows("company.time_off"):
            is_inside = row["start_date"] <= on.isoformat() <= row["end_date"]
            if row["person_id"] == person and is_inside:
                shares[row["kind"]] += exact(row["share"]) or Fraction(0)
        return shares["paid"], shares["unpaid"]
