"""Flow of work items in plain Python: what the models compute, written a second time.

Nothing is shared with the models: working time is counted day by day on local clocks, an item's
place is asked for between any two neighbouring moments at which something happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
FLAP = timedelta(seconds=60)
GAP = "(gap)"


@dataclass(frozen=True)
class Calendar:
    """Working days from nine o'clock local time, Monday to Friday, without holidays."""

    timezone: str
    holidays: frozenset[date] = frozenset()
    hours: int = 8

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two UTC moments."""
        zone = ZoneInfo(self.timezone)
        total = timedelta()
        day = start.replace(tzinfo=UTC).astimezone(zone).date() - timedelta(days=1)
        while day <= end.replace(tzinfo=UTC).astimezone(zone).date() + timedelta(days=1):
            if day.isoweekday() <= 5 and day not in self.holidays:
                local = datetime(day.year, day.month, day.day, 9, tzinfo=zone)
                opens = local.astimezone(UTC).replace(tzinfo=None)
                total += _shared((start, end), (opens, opens + timedelta(hours=self.hours)))
            day += timedelta(days=1)
        return total


@dataclass(frozen=True)
class Step:
    """A step of the workflow; `order` counts from one."""

    name: str
    order: int
    kind: str = "work"
    from_pull_requests: bool = False


@dataclass
class Item:
    """An item's records.

    `moves` are the statuses it entered, oldest first; `pulls` the spans in which a pull request
    was open; `entries` the spans of its worklogs; `acts` the times of its commits and reviews.
    """

    created: datetime
    moves: list[tuple[datetime, str]]
    pulls: list[Span] = field(default_factory=list)
    entries: list[Span] = field(default_factory=list)
    acts: list[datetime] = field(default_factory=list)


@dataclass(frozen=True)
class Visit:
    """A stay in a step, or in `(gap)`."""

    step: str
    order: int | None
    span: Span
    is_return: bool
    is_rework: bool


@dataclass(frozen=True)
class State:
    """What the tracker says, from a moment on."""

    start: datetime
    kind: str
    step: Step | None
    is_back: bool


def completion(item: Item, steps: Sequence[Step]) -> datetime | None:
    """Return when the item was done for good; None while it is not."""
    last = tracker_states(item, steps)[-1]
    return last.start if last.kind == "done" else None


def tracker_states(item: Item, steps: Sequence[Step]) -> list[State]:
    """Return the tracker's states, flapping collapsed into the stay before."""
    entered = [(item.created, "Open"), *item.moves]
    stays = []
    for index, (start, status) in enumerate(entered):
        is_last = index == len(entered) - 1
        if is_last or entered[index + 1][0] - start >= FLAP:
            stays.append((start if stays else item.created, status))
    states: list[State] = []
    furthest = 0
    for start, status in stays:
        kind, step = place(status, steps)
        if states and (states[-1].kind, states[-1].step) == (kind, step):
            continue
        order = 9999 if kind in {"done", "cancelled"} else step.order if step else 0
        furthest = max(furthest, order)
        states.append(State(start, kind, step, step is not None and furthest > order))
    return states


def place(status: str, steps: Sequence[Step]) -> tuple[str, Step | None]:
    """Return the kind of a status and its step."""
    for step in steps:
        if step.name == status:
            return step.kind, step
    return {"Open": "before", "Done": "done", "Dropped": "cancelled"}.get(status, "unmapped"), None


def visits(item: Item, steps: Sequence[Step], until: datetime) -> list[Visit]:
    """Return every stay from the first entry into a step to `until`."""
    states = [state for state in tracker_states(item, steps) if state.start < until]
    review = next((step for step in steps if step.from_pull_requests), None)
    pulls = (
        [(start, min(end, until)) for start, end in item.pulls if start < until] if review else []
    )
    moments = sorted({s.start for s in states} | {at for span in pulls for at in span} | {until})
    places: list[tuple[str, int | None, bool, Span, str]] = []
    for start, end in pairwise(moments):
        state = next((s for s in reversed(states) if s.start <= start), None)
        step = state.step if state else None
        is_open = any(first <= start < last for first, last in pulls)
        is_back = state is not None and state.is_back
        if is_open and review and not is_back and (step is None or step.order <= review.order):
            places.append((review.name, review.order, False, (start, end), review.kind))
        elif step is not None and state is not None:
            moved = is_back and state.start == start
            places.append((step.name, step.order, moved, (start, end), step.kind))
        else:
            kind = state.kind if state else "before"
            order = 9999 if kind in {"done", "cancelled"} else None
            places.append((GAP, order, False, (start, end), kind))
    while places and places[0][0] == GAP:
        places.pop(0)
    return _joined(places)


def _joined(places: list[tuple[str, int | None, bool, Span, str]]) -> list[Visit]:
    merged: list[list] = []
    for name, order, moved, span, kind in places:
        if merged and (merged[-1][0], merged[-1][4]) == (name, kind):
            merged[-1][3] = (merged[-1][3][0], span[1])
            merged[-1][2] = merged[-1][2] or moved
        else:
            merged.append([name, order, moved, span, kind])
    result = []
    furthest, before, returns = 0, None, 0
    for name, order, moved, span, _ in merged:
        is_return = moved and order is not None and before is not None and before > order
        returns += is_return
        is_rework = name != GAP and returns > 0 and order is not None and furthest >= order
        result.append(Visit(name, order, span, is_return, is_rework))
        if order is not None:
            before, furthest = order, max(furthest, order)
    return result


def activity(item: Item) -> dict[str, list[Span]]:
    """Return the spans of observed work by kind of evidence, overlapping ones joined."""
    sessions: list[Span] = []
    for at in sorted(item.acts):
        if sessions and at - sessions[-1][1] <= timedelta(minutes=30):
            sessions[-1] = (sessions[-1][0], at)
        else:
            sessions.append((at - timedelta(minutes=15), at))
    entries: list[Span] = []
    for start, end in sorted(item.entries):
        if entries and start <= entries[-1][1]:
            entries[-1] = (entries[-1][0], max(entries[-1][1], end))
        else:
            entries.append((start, end))
    return {"entry": entries, "session": sessions}


def seen_in(item: Item, spans: Iterable[Span], calendar: Calendar) -> timedelta | None:
    """Return the observed process time in spans by the best evidence; None without any."""
    for observed in activity(item).values():
        met = [_cut(span, work) for span in spans for work in observed]
        real = [cut for cut in met if cut is not None]
        if real:
            return sum((calendar.worked(*cut) for cut in real), timedelta())
    return None


def step_times(
    items: Sequence[Item], steps: Sequence[Step], calendar: Calendar
) -> list[dict[str, tuple[timedelta, timedelta]]]:
    """Return lead and process time per step for finished items of one stream and month."""
    stays = []
    for item in items:
        done = completion(item, steps)
        assert done is not None
        stays.append(visits(item, steps, done))
    result: list[dict[str, tuple[timedelta, timedelta]]] = [{} for _ in items]
    for name in {visit.step for found in stays for visit in found}:
        kind = next((step.kind for step in steps if step.name == name), "gap")
        here = [[v.span for v in found if v.step == name] for found in stays]
        leads = [sum((calendar.worked(*span) for span in spans), timedelta()) for spans in here]
        seen = [seen_in(i, spans, calendar) for i, spans in zip(items, here, strict=True)]
        present = [index for index, spans in enumerate(here) if spans]
        is_covered = 2 * sum(seen[index] is not None for index in present) >= len(present)
        for index in present:
            worked = timedelta()
            if kind == "work":
                worked = (seen[index] or timedelta()) if is_covered else leads[index]
            result[index][name] = (leads[index], worked)
    return result


def _cut(span: Span, other: Span) -> Span | None:
    start, end = max(span[0], other[0]), min(span[1], other[1])
    return (start, end) if start < end else None


def _shared(span: Span, other: Span) -> timedelta:
    cut = _cut(span, other)
    return cut[1] - cut[0] if cut else timedelta()
