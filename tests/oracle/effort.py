"""The whole ledger of effort: rows of `fct_effort_days` from a company's records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.oracle.capacity import Calendar
from tests.oracle.evidence import Evidence
from tests.oracle.item_states import ItemStates
from tests.oracle.ladder import Ladder, declared_item
from tests.oracle.records import Records, Row, month_of
from tests.oracle.streams import NOWHERE


@dataclass(frozen=True)
class Effort:
    """A row of the ledger, with the spell of the day."""

    person: str
    on: date
    item: str
    tier: str
    stream: str
    component: str
    minutes: int
    spell: Row


def effort_days(records: Records) -> list[Effort]:
    """Return every row of the ledger, in order."""
    ledger = _Ledger(records)
    return sorted(ledger.rows(), key=lambda row: (row.person, row.on, row.item, row.tier))


class _Ledger:
    """The ladder's minutes with the value stream and component of each row's day."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.calendar, states = Calendar(records), ItemStates(records)
        self.evidence = Evidence(records, self.calendar, states)
        self.ladder = Ladder(records, self.calendar, self.evidence)

    def rows(self) -> Iterator[Effort]:
        for (person, on), minutes in self.ladder.days().items():
            spell = self.calendar.days[person, on].spell
            for (item, tier), share in minutes.items():
                place = self._place(person, on, item, tier, spell["team"])
                yield Effort(person, on, item, tier, *place, share, spell)

    def _place(self, person: str, on: date, item: str, tier: str, team: str) -> tuple[str, str]:
        if tier in {"T6", "L"}:
            return NOWHERE
        if tier == "T4":
            return self._declared_place(item, on)
        if item.startswith("REPO:"):
            rule = self._repository_rule(person, on, item.removeprefix("REPO:"), tier)
            streams = self.evidence.streams
            stream, _ = streams.of_team(on, team) if rule is None else streams.result(rule)
            return stream, "NONE"
        return self.evidence.streams.of_item(item, on, team)

    def _repository_rule(self, person: str, on: date, repository: str, tier: str) -> int | None:
        """The rule of the code itself; near days borrow it, the team's mix knows no paths."""
        near = {"T1b": [on], "T2": [d for d, _ in self.ladder.near_days(person, on)]}.get(tier, [])
        rules = [self.evidence.days[person, day].rules.get(repository) for day in near]
        found = [rule for rule in rules if rule is not None]
        places = [(repository, frozenset[str]())]
        return min(found) if found else self.evidence.streams.rule_of_places(places, on)

    def _declared_place(self, item: str, on: date) -> tuple[str, str]:
        return next(
            (row["value_stream_id"], row.get("component_id") or "NONE")
            for row in self.records.rows("company.declared_allocations")
            if row["month"] == month_of(on) and declared_item(row) == item
        )
