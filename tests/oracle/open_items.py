"""Items that stand open for a person: assigned and in a work status at some moment of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.oracle.identities import Identities
from tests.oracle.item_states import ItemStates
from tests.oracle.records import Records, day, local_day

MOMENT = timedelta(seconds=1)


class OpenItems:
    """Open items by person and day of the person, with the day of their assignment."""

    def __init__(self, records: Records, states: ItemStates, identities: Identities) -> None:
        self.records, self.states, self.identities = records, states, identities
        self._intervals = [row for key in states.items for row in self._of_item(key)]
        self._found: dict[tuple[str, date], dict[str, date]] = {}

    def items(self, person: str, on: date) -> dict[str, date]:
        """Return the open items of a person on a day, each with the day of its assignment."""
        if (person, on) not in self._found:
            found: dict[str, date] = {}
            for key, owner, first, last, assigned in self._intervals:
                if owner == person and first <= on <= last:
                    found[key] = max(assigned, found.get(key, assigned))
            self._found[person, on] = found
        return self._found[person, on]

    def _of_item(self, key: str) -> list[tuple[str, str, date, date, date]]:
        """Stretches of days of one item: item, person, first and last day, day of assignment."""
        found: list[tuple[str, str, date, date, date]] = []
        if not self.records.is_known(next(self.states.intervals(key, "status"))[0]):
            return found
        for assigned, until, account in self.states.intervals(key, "assignee"):
            for owner in self.identities.owners(self.states.items[key]["source"], account):
                person = owner["person_id"]
                mine_from = day(owner.get("valid_from")) or date.min
                mine_to = day(owner.get("valid_to")) or date.max
                for begin, end, status in self.states.intervals(key, "status"):
                    start, stop = max(assigned, begin), min(until, end)
                    if start < stop and self.states.is_work(key, status):
                        first = max(self._local(person, start), mine_from)
                        last = min(self._local(person, stop - MOMENT), mine_to)
                        since = max(self._local(person, assigned), mine_from)
                        found.append((key, person, first, last, since))
        return found

    def _local(self, person: str, at: datetime) -> date:
        if at.year > 9000:
            return date.max
        return local_day(at, self.identities.zone(person, at.date()))
