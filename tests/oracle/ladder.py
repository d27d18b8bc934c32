"""The ladder (attribution 3): each person-day handed down from tier to tier until it is full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.oracle.arithmetic import rounded, shared
from tests.oracle.capacity import Calendar
from tests.oracle.evidence import DayEvidence, Evidence
from tests.oracle.records import Records, Row, exact, month_of
from tests.oracle.signals import WHOLE

Key = tuple[str, str]  # work item, tier
Minutes = dict[Key, int]
DayKey = tuple[str, date]
FADING_WHOLE = 10**9
MIXED_TIERS = {"T0", "T1", "T1b", "T2", "T3"}


class Ladder:
    """Minutes by work item and tier of every person-day of the books."""

    def __init__(self, records: Records, calendar: Calendar, evidence: Evidence) -> None:
        self.records, self.calendar, self.evidence = records, calendar, evidence
        self.nearest = int(records.settings["nearest_days"])
        self.stale_end = int(records.settings["stale_end_days"])
        self.half_life = Decimal(str(records.settings["stale_half_life_days"]))
        self.declaring = {r["role_class"] for r in records.rows("company.declared_first_roles")}

    def days(self) -> dict[DayKey, Minutes]:
        """Return the ledger; leave included, days without capacity and leave left out."""
        found = {
            (person, on): self._filled(person, on)
            for (person, on), entry in self.calendar.days.items()
            if month_of(on) in self.records.months and (entry.capacity or entry.leave)
        }
        mixes = self._mixes(found)
        for (person, on), minutes in found.items():
            self._finish(person, on, minutes, mixes)
        return found

    def _filled(self, person: str, on: date) -> Minutes:
        entry = self.calendar.days[person, on]
        minutes: Minutes = {}
        left = entry.capacity
        for tier in self._order(entry.spell["role_class"]):
            if left:
                filled = tier(person, on, left)
                minutes |= filled
                left -= sum(filled.values())
        return minutes

    def _order(self, role_class: str) -> list[Callable[[str, date, int], Minutes]]:
        if role_class in self.declaring:
            return [self._logged, self._declared, self._direct, self._near, self._fading]
        return [self._logged, self._direct, self._near, self._fading, self._declared]

    def _finish(self, person: str, on: date, minutes: Minutes, mixes: Mapping) -> None:
        entry = self.calendar.days[person, on]
        left = entry.capacity - sum(minutes.values())
        mix = mixes.get((month_of(on), entry.spell["team"], entry.spell["role_class"]), {})
        minutes |= _tiered("T5", shared(left, mix)) if left else {}
        left = entry.capacity - sum(minutes.values())
        if left:
            minutes["UNATTRIBUTED", "T6"] = left
        if entry.leave:
            minutes["LEAVE", "L"] = entry.leave

    def _logged(self, person: str, on: date, left: int) -> Minutes:
        seconds = self._evidence(person, on).seconds
        total = min(left, rounded(Fraction(sum(seconds.values()), 60)))
        return _tiered("T0", shared(total, seconds))

    def _direct(self, person: str, on: date, left: int) -> Minutes:
        found = self._evidence(person, on)
        weights = {(item, "T1"): presence for item, presence in found.direct.items()}
        weights |= {(item, "T1b"): presence for item, presence in found.lent.items()}
        presence = WHOLE if found.is_strong else min(WHOLE, sum(weights.values()))
        total = rounded(Fraction(presence * left, WHOLE))
        return {key: share for key, share in shared(total, weights).items() if share}

    def _near(self, person: str, on: date, left: int) -> Minutes:
        weights: dict[str, int] = defaultdict(int)
        for other, distance in self.near_days(person, on):
            for item, presence in self._evidence(person, other).presence().items():
                weights[item] += presence // 2 ** (distance - 1)
        return _tiered("T2", shared(left, weights))

    def near_days(self, person: str, on: date) -> Iterator[tuple[date, int]]:
        """Yield near working days with their distance: back, and forward inside the month."""
        number, working = self.calendar.numbers[person, on], self.calendar.working[person]
        first, last = max(0, number - self.nearest), min(len(working) - 1, number + self.nearest)
        for other in range(first, last + 1):
            is_back = other < number
            if is_back or (other > number and month_of(working[other]) == month_of(on)):
                yield working[other], abs(other - number)

    def _fading(self, person: str, on: date, left: int) -> Minutes:
        weights: dict[str, int] = {}
        for item, since in self.evidence.open.items(person, on).items():
            distance = self._distance(person, item, since, on)
            if distance <= self.stale_end:
                weight = Decimal("0.5") ** (Decimal(distance) / self.half_life)
                weights[item] = rounded(FADING_WHOLE * weight)
        return _tiered("T3", shared(left, weights))

    def _distance(self, person: str, item: str, since: date, on: date) -> int:
        touches = [day for day in self.evidence.touches[person, item] if day <= on]
        reference = max(touches) if touches else since
        days = [day for day in self.calendar.working[person] if reference < day <= on]
        return len(days) - (0 if touches or self._is_working(person, reference) else 1)

    def _is_working(self, person: str, on: date) -> bool:
        return (person, on) in self.calendar.numbers

    def _declared(self, person: str, on: date, left: int) -> Minutes:
        entry = self.calendar.days[person, on]
        shares: dict[str, Fraction] = defaultdict(Fraction)
        for row in self.records.rows("company.declared_allocations"):
            is_own = row.get("person_id") == person
            is_teams = row.get("person_id") is None and row.get("team") == entry.spell["team"]
            if row["month"] == month_of(on) and (is_own or is_teams):
                shares[declared_item(row)] += exact(row["share"]) or Fraction(0)
        wanted = rounded(sum(shares.values(), Fraction(0)) * entry.capacity)
        return _tiered("T4", shared(min(left, wanted), shares))

    def _mixes(self, found: Mapping[DayKey, Minutes]) -> dict[tuple[str, str, str], dict[str, int]]:
        mixes: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for (person, on), minutes in found.items():
            spell = self.calendar.days[person, on].spell
            for (item, tier), share in minutes.items():
                if tier in MIXED_TIERS:
                    mixes[month_of(on), spell["team"], spell["role_class"]][item] += share
        return mixes

    def _evidence(self, person: str, on: date) -> DayEvidence:
        return self.evidence.days[person, on]


def declared_item(row: Row) -> str:
    """Return the item of a declared allocation: its component, else its value stream."""
    return f"DECLARED:{row.get('component_id') or row['value_stream_id']}"


def _tiered(tier: str, parts: Mapping[str, int]) -> Minutes:
    return {(item, tier): share for item, share in parts.items() if share}
