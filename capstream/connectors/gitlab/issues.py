"""An issue of GitLab as rows of the neutral tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from capstream.connectors.edges import json_list
from capstream.connectors.gitlab.accounts import GHOST, account
from capstream.connectors.gitlab.models import Issue, Note, ResourceEvent, Timelog
from capstream.connectors.typed_records import Told
from capstream.connectors.value_lists import ListHistory
from capstream.connectors.whole_numbers import whole_number

_TYPES = {"issue": "Issue", "incident": "Incident", "task": "Task", "test_case": "Test case"}
_STATES = {"closed": ("opened", "closed"), "reopened": ("closed", "opened")}
_EVENTS = {"state": ("state_events", "resource_state_events"),
           "label": ("label_events", "resource_label_events"),
           "milestone": ("milestone_events", "resource_milestone_events")}  # fmt: skip

Dated = tuple[datetime, str, str, ResourceEvent]


def add_issue(told: Told, repository: str) -> None:
    """Add the item, its changes, comments and logged time."""
    issue = Issue.model_validate(told.native)
    key = f"{repository}#{issue.iid}"
    _add_item(told, issue, key, repository)
    _add_changes(told, issue, key)
    notes = told.parts("note", told.line.get("notes"), Note, dated_note(told))
    for at, note in notes:
        add_comment(told, note, at, key)
    timelogs = told.parts("timelog", told.line.get("timelogs"), Timelog,
                          lambda log: (_times_of(told, log, issue), log))  # fmt: skip
    for (started, created), log in timelogs:
        told.add("worklogs", worklog_id=log.id, work_item_key=key,
                 author=account(told, log.user) or GHOST, started_at=started,
                 seconds=log.seconds, created_at=created)  # fmt: skip


def dated_note(told: Told) -> Callable[[Note], tuple[datetime, Note]]:
    """Return what reads a note with its moment."""
    return lambda note: (told.times.read(note.created_at), note)


def add_comment(told: Told, note: Note, at: datetime, key: str) -> None:
    """Add what somebody said of an item; what the system wrote down is no comment."""
    if not note.system:
        told.add("comments", comment_id=note.id, work_item_key=key,
                 author=account(told, note.author) or GHOST, created_at=at)  # fmt: skip


def _times_of(told: Told, log: Timelog, issue: Issue) -> tuple[datetime, datetime | None]:
    started = log.spent_at or log.created_at or issue.created_at
    return told.times.read(started), told.times.read_optional(log.created_at)


def _add_item(told: Told, issue: Issue, key: str, repository: str) -> None:
    assignee = issue.assignee or next(iter(issue.assignees), None)
    kind = _TYPES.get(issue.issue_type or "issue", issue.issue_type or "Issue")
    is_bug = any(label.lower() in {"bug", "type::bug"} for label in issue.labels)
    epic = f"epic:{issue.epic.iid}" if issue.epic and issue.epic.iid else None
    told.add(
        "work_items", work_item_key=key, item_type="Bug" if is_bug else kind, title=issue.title,
        status=issue.state, status_category="done" if issue.state == "closed" else "todo",
        project_key=repository, epic_key=epic, components="[]", labels=json_list(issue.labels),
        fix_versions=json_list(_titles(issue)), assignee=account(told, assignee),
        reporter=account(told, issue.author),
        estimate_points=None if issue.weight is None else Decimal(str(issue.weight)),
        estimate_seconds=issue.time_stats.time_estimate or None,
        created_at=told.times.read(issue.created_at),
        resolved_at=told.times.read_optional(issue.closed_at),
        updated_at=told.times.read_optional(issue.updated_at), url=issue.web_url, fields="{}",
        is_deleted=False, has_history=_listed(told, "state") is not None,
    )  # fmt: skip


def _titles(issue: Issue) -> list[str]:
    return [issue.milestone.title] if issue.milestone and issue.milestone.title else []


def _listed(told: Told, kind: str) -> Any:
    return next((told.line[name] for name in _EVENTS[kind] if name in told.line), None)


def _add_changes(told: Told, issue: Issue, key: str) -> None:
    """Replay labels and milestones backward from what the issue has now."""
    lists = {
        "label": ListHistory({name: name for name in issue.labels}),
        "milestone": ListHistory({title: title for title in _titles(issue)}),
    }
    for at, kind, identity, event in sorted(_dated(told), key=_moment, reverse=True):
        change = _change(kind, event, lists)
        if change is not None:
            field, old, new = change
            told.add("work_item_changes", work_item_key=key, change_id=f"{kind}-{identity}",
                     changed_at=at, author=account(told, event.user), field=field,
                     from_value=old, to_value=new)  # fmt: skip


def _dated(told: Told) -> Iterator[Dated]:
    for kind in _EVENTS:
        events = told.parts("event", _listed(told, kind), ResourceEvent,
                            lambda each: (told.times.read(each.created_at), each))  # fmt: skip
        for at, event in events:
            yield at, kind, event.id, event


def _moment(dated: Dated) -> tuple[datetime, str, int]:
    at, kind, identity, _ = dated
    return at, kind, whole_number(identity) or 0


def _change(
    kind: str, event: ResourceEvent, lists: dict[str, ListHistory]
) -> tuple[str, str | None, str | None] | None:
    if kind == "state":
        pair = _STATES.get(event.state or "")
        return ("status", *pair) if pair else None
    name = (event.label or {}).get("name") if kind == "label" else (
        event.milestone.title if event.milestone else None
    )  # fmt: skip
    if not name:
        return None
    value = (str(name), str(name))
    is_added = event.action == "add"
    undone = lists[kind].undo(
        added=value if is_added else None, removed=None if is_added else value
    )
    return ("labels" if kind == "label" else "fix_versions", *undone)
