"""Other products' published methods, on the same traces.

Each returns minutes-like weights per person, month and item; a person's month is normalised by
the measures. All use the item's type as it stands at the close, as those products do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from benchmarks.attribution.world import FIRST_DAY, LAST_DAY, World

Weights = dict[tuple[str, str, str], float]

EVENT_WEIGHTS = {"commit": 1.0, "opened": 2.0, "review": 1.0, "comment": 0.5, "status": 0.5}


def equal_split(world: World) -> Weights:
    """Each calendar day in equal parts over the issues assigned and in progress that day."""
    weights: Weights = defaultdict(float)
    active = _in_progress_days(world)
    for (person, day), items in active.items():
        for item in items:
            weights[person, f"{day:%Y-%m}", item] += 1 / len(items)
    return weights


def in_progress_share(world: World) -> Weights:
    """The month in proportion to each issue's days in progress."""
    weights: Weights = defaultdict(float)
    for (person, day), items in _in_progress_days(world).items():
        for item in items:
            weights[person, f"{day:%Y-%m}", item] += 1
    return weights


def weighted_events(world: World) -> Weights:
    """The month in proportion to weighted events."""
    weights: Weights = defaultdict(float)
    for trace in world.traces:
        if trace.linked and trace.kind in EVENT_WEIGHTS:
            weights[trace.person, f"{trace.at:%Y-%m}", trace.item] += EVENT_WEIGHTS[trace.kind]
    return weights


def commits_only(world: World) -> Weights:
    """The month in proportion to linked commits."""
    weights: Weights = defaultdict(float)
    for trace in world.traces:
        if trace.linked and trace.kind == "commit":
            weights[trace.person, f"{trace.at:%Y-%m}", trace.item] += 1
    return weights


RIVALS: dict[str, Callable[[World], Weights]] = {
    "equal split over active issues": equal_split,
    "share of days in progress": in_progress_share,
    "weighted monthly events": weighted_events,
    "commits only": commits_only,
}


def _in_progress_days(world: World) -> dict[tuple[str, date], list[str]]:
    days: dict[tuple[str, date], list[str]] = defaultdict(list)
    for item, start, end in _intervals(world):
        assignee = world.items[item].assignee
        for offset in range((end - start).days + 1):
            days[assignee, start + timedelta(days=offset)].append(item)
    return days


def _intervals(world: World) -> Iterator[tuple[str, date, date]]:
    started: dict[str, date] = {}
    for trace in world.traces:
        if trace.kind == "status" and trace.after == "In Progress":
            started[trace.item] = trace.at.date()
        elif trace.kind == "status" and trace.item in started:
            yield trace.item, started.pop(trace.item), trace.at.date()
    for item, start in started.items():
        yield item, max(start, FIRST_DAY), LAST_DAY
