"""Accounts brought together into pseudonymous persons: P001, P002 and so on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.real.activities import CODE, FORGE, Activity

Account = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contributor:
    """A pseudonymous person and the accounts that are theirs.

    Attributes:
        team: The repository or tracker where most of the month's activity was.
        active_days: Days of the month with activity.
    """

    person_id: str
    accounts: tuple[Account, ...]
    team: str
    active_days: int


def contributors(activities: Iterable[Activity], addresses: Mapping[str, str]) -> list[Contributor]:
    """Return the persons behind one month's activities.

    Args:
        activities: Activities of people in that month.
        addresses: Author address → login, where the records tell.
    """
    active = list(activities)
    leader = _Bonds()
    for activity in active:
        leader.join(f"account {activity.source} {activity.account}", _identity(activity, addresses))
    groups: defaultdict[str, list[Activity]] = defaultdict(list)
    for activity in active:
        groups[leader.of(f"account {activity.source} {activity.account}")].append(activity)
    ordered = sorted(groups.values(), key=lambda g: min((a.source, a.account) for a in g))
    return [_contributor(number, group) for number, group in enumerate(ordered, start=1)]


class _Bonds:
    """Marks that belong to one person: an account under two names joins both."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}

    def of(self, mark: str) -> str:
        """Return the mark that stands for all marks bound to this one."""
        while mark in self._next:
            mark = self._next[mark]
        return mark

    def join(self, one: str, other: str) -> None:
        """Bind two marks and all that is bound to them."""
        first, second = self.of(one), self.of(other)
        if first != second:
            self._next[first] = second


def _identity(activity: Activity, addresses: Mapping[str, str]) -> str:
    """Return what accounts of one person share: a login, else the display name."""
    if activity.source == FORGE and not activity.is_address:
        return f"login {activity.account.lower()}"
    login = addresses.get(activity.account) if activity.source in (CODE, FORGE) else None
    return f"login {login.lower()}" if login else f"name {activity.name.strip().lower()}"


def _contributor(number: int, group: list[Activity]) -> Contributor:
    areas = Counter(activity.area for activity in group)
    return Contributor(
        person_id=f"P{number:03d}",
        accounts=tuple(sorted({(a.source, a.account) for a in group})),
        team=min(areas, key=lambda area: (-areas[area], area)),
        active_days=len({activity.at.date() for activity in group}),
    )
