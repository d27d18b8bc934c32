"""Acts placed on working days: worklogs, direct presence, lent code, touches, open items."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from tests.oracle.capacity import Calendar
from tests.oracle.item_states import ItemStates
from tests.oracle.open_items import OpenItems
from tests.oracle.records import Records
from tests.oracle.signals import WHOLE, Act, Signals
from tests.oracle.streams import Streams

STRONG = WHOLE // 2
TOUCH_DAYS = 2


@dataclass
class DayEvidence:
    """What one person did on one working day; presences are parts of WHOLE."""

    seconds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    direct: dict[str, int] = field(default_factory=dict)
    lent: dict[str, int] = field(default_factory=dict)
    # The rule that places unlinked code, by repository.
    rules: dict[str, int | None] = field(default_factory=dict)
    is_strong: bool = False

    def presence(self) -> dict[str, int]:
        """Presence by item, as near days borrow it: worklogs count 1; lent code comes on top."""
        found = dict.fromkeys(self.seconds, WHOLE)
        for item, presence in self.direct.items():
            found[item] = max(found.get(item, 0), presence)
        for item, presence in self.lent.items():
            found[item] = found.get(item, 0) + presence
        return found


class Evidence:
    """Evidence by person and working day."""

    def __init__(self, records: Records, calendar: Calendar, states: ItemStates) -> None:
        self.records, self.calendar = records, calendar
        self.signals = Signals(records, states)
        self.streams = Streams(records, states, self.signals.links)
        self.open = OpenItems(records, states, self.signals.identities)
        self.days: dict[tuple[str, date], DayEvidence] = defaultdict(DayEvidence)
        self.touches: dict[tuple[str, str], set[date]] = defaultdict(set)
        acts = [(act, on) for act in self.signals.acts() if (on := self._placed(act))]
        self._place_worklogs()
        self._place_direct(acts)
        self._place_open_items()
        self._place_unlinked(acts)

    def _placed(self, act: Act) -> date | None:
        return self.calendar.carrying_day(act.person, act.on)

    def _place_worklogs(self) -> None:
        for log in self.signals.logs():
            on = self.calendar.carrying_day(log.person, log.on)
            if on:
                self.days[log.person, on].seconds[log.item] += log.seconds
                self.touches[log.person, log.item].add(on)

    def _place_direct(self, acts: list[tuple[Act, date]]) -> None:
        for act, on in acts:
            for item in act.items:
                self._strengthen(act.person, on, item, act.presence // len(act.items), act.presence)
                self.touches[act.person, item].add(on)

    def _strengthen(self, person: str, on: date, item: str, presence: int, signal: int) -> None:
        found = self.days[person, on]
        found.is_strong |= signal >= STRONG
        if presence:
            found.direct[item] = max(found.direct.get(item, 0), presence)

    def _place_open_items(self) -> None:
        """An item open that day and touched on it or the two working days before."""
        for (person, item), days in self.touches.items():
            working = self.calendar.working[person]
            numbers = {self.calendar.numbers[person, on] for on in days}
            for number in {n + after for n in numbers for after in range(TOUCH_DAYS + 1)}:
                if number < len(working) and item in self.open.items(person, working[number]):
                    tracker = self.signals.tracker
                    self._strengthen(person, working[number], item, tracker, tracker)

    def _place_unlinked(self, acts: list[tuple[Act, date]]) -> None:
        """Code without a link: one presence per person, day and repository, lent to open items."""
        code: dict[tuple[str, date, str], list[Act]] = defaultdict(list)
        for act, on in acts:
            if not act.items and act.repository:
                code[act.person, on, act.repository].append(act)
        for (person, on, repository), artefacts in code.items():
            found = self.days[person, on]
            found.is_strong |= self.signals.code >= STRONG
            places = [(repository, act.paths) for act in artefacts]
            found.rules[repository] = rule = self.streams.rule_of_places(places, on)
            borrowers = self._borrowers(person, on, rule) or [f"REPO:{repository}"]
            for item in borrowers:
                presence = self.signals.code // len(borrowers)
                found.lent[item] = max(found.lent.get(item, 0), presence)

    def _borrowers(self, person: str, on: date, rule: int | None) -> list[str]:
        if self.records.settings["unlinked_code"] != "lend":
            return []
        items = list(self.open.items(person, on))
        if rule is None:
            return items
        team = self.calendar.days[person, on].spell["team"]
        home, _ = self.streams.result(rule)
        return [item for item in items if self.streams.of_item(item, on, team)[0] == home] or items
