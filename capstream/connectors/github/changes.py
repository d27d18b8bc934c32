"""An issue's timeline as rows of `work_item_changes`, whatever order it arrives in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from capstream.connectors.github.models import Event
from capstream.connectors.value_lists import ListHistory
from capstream.connectors.whole_numbers import whole_number

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A timeline event and its moment, UTC."""

    at: datetime
    event: Event


CHANGE_EVENTS = frozenset(
    {
        "closed", "reopened", "assigned", "unassigned", "labeled", "unlabeled", "milestoned",
        "demilestoned", "renamed", "transferred", "converted_to_discussion",
    }
)  # fmt: skip
"""Events that change an issue; the others only tell that somebody looked at it."""


def change_rows(
    item_key: str,
    events: Iterable[DatedEvent],
    *,
    labels: Iterable[str],
    milestones: Iterable[str],
) -> Iterator[Mapping[str, Any]]:
    """Turn change events into rows; lists and assignees are replayed.

    Args:
        item_key: Key of the issue.
        events: Change events in any order.
        labels: Labels that the issue has now.
        milestones: Its milestone now, if any.
    """
    oldest_first = sorted(events, key=_moment)
    assignees = _assignees_before(oldest_first)
    lists = {
        "label": ListHistory({name: name for name in labels}),
        "milestone": ListHistory({title: title for title in milestones}),
    }
    for position in reversed(range(len(oldest_first))):
        entry = oldest_first[position]
        field, old, new = _values(entry.event, lists, assignees[position : position + 2])
        yield {
            "work_item_key": item_key,
            "change_id": entry.event.id,
            "changed_at": entry.at,
            "author": entry.event.actor.login if entry.event.actor else None,
            "field": field,
            "from_value": old,
            "to_value": new,
        }


def _moment(entry: DatedEvent) -> tuple[datetime, int]:
    """Order by time; events of one moment by their number."""
    return entry.at, whole_number(entry.event.id or "") or 0


def _assignees_before(events: list[DatedEvent]) -> list[str | None]:
    """Return who was the first assignee before each event, and after the last.

    An issue has one assignee in the neutral tables: of several, the one assigned first.
    """
    assigned: list[str] = []
    states: list[str | None] = [None]
    for entry in events:
        login = entry.event.assignee.login if entry.event.assignee else None
        if entry.event.event == "assigned" and login and login not in assigned:
            assigned.append(login)
        elif entry.event.event == "unassigned" and login in assigned:
            assigned.remove(login)
        states.append(assigned[0] if assigned else None)
    return states


def _values(
    event: Event, lists: Mapping[str, ListHistory], assignees: list[str | None]
) -> tuple[str, str | None, str | None]:
    """Return the neutral field and its values before and after."""
    name = event.event
    if name == "closed":
        return "status", OPEN, CLOSED
    if name == "reopened":
        return "status", CLOSED, OPEN
    if name in {"assigned", "unassigned"}:
        return "assignee", assignees[0], assignees[1]
    if event.label and name in {"labeled", "unlabeled"}:
        label = event.label.name
        return "labels", *_undone(lists["label"], label, is_added=name == "labeled")
    if event.milestone and name in {"milestoned", "demilestoned"}:
        title = event.milestone.title
        return "fix_versions", *_undone(lists["milestone"], title, is_added=name == "milestoned")
    return "other", None, None


def _undone(history: ListHistory, value: str, *, is_added: bool) -> tuple[str, str]:
    pair = (value, value)
    return history.undo(added=pair if is_added else None, removed=None if is_added else pair)
