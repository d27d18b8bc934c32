"""An issue of GitHub as rows of the neutral tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from capstream.connectors.edges import json_list
from capstream.connectors.github.changes import (
    CHANGE_EVENTS,
    CLOSED,
    DatedEvent,
    change_rows,
)
from capstream.connectors.github.models import Comment, Event, Issue, IssueRecord
from capstream.connectors.github.parts import (
    add_actors,
    events_of_kind,
    login_of,
    usable_parts,
)
from capstream.connectors.records import NormalisedRecord, UnusableValueError
from capstream.connectors.times import TimeReader

_TYPE_LABELS = {
    "bug": "Bug", "type: bug": "Bug", "kind/bug": "Bug",
    "enhancement": "Feature", "feature": "Feature", "kind/feature": "Feature",
    "documentation": "Documentation",
}  # fmt: skip
"""GitHub's own default labels and their common spellings; others stay labels."""

DEFAULT_TYPE = "Issue"


def add_issue(
    record: NormalisedRecord, content: IssueRecord, repository: str, times: TimeReader
) -> None:
    """Add the rows of an issue; a pull request listed among the issues has rows of its own."""
    issue = content.issue
    if issue.pull_request is not None:
        return
    key = f"{repository}#{issue.number}"
    record.rows.append(("work_items", _item(content, key, repository, times)))
    events = content.events or []
    _add_changes(record, issue, key, events, times)
    _add_comments(record, key, [*events_of_kind(events, {"commented"}), *content.comments], times)
    add_actors(record, (issue.user, issue.assignee, *issue.assignees))


def _item(content: IssueRecord, key: str, repository: str, times: TimeReader) -> Mapping[str, Any]:
    issue = content.issue
    labels = [label.name for label in issue.labels]
    assignee = issue.assignee or (issue.assignees[0] if issue.assignees else None)
    return {
        "work_item_key": key,
        "item_type": issue.type.name if issue.type else _type_of(labels),
        "title": issue.title,
        "status": issue.state,
        "status_category": "done" if issue.state == CLOSED else "todo",
        "project_key": repository,
        "components": "[]",
        "labels": json_list(labels),
        "fix_versions": json_list([issue.milestone.title] if issue.milestone else []),
        "assignee": assignee.login if assignee else None,
        "reporter": login_of(issue.user),
        "resolution": issue.state_reason,
        "created_at": times.read(issue.created_at),
        "resolved_at": times.read_optional(issue.closed_at),
        "updated_at": times.read_optional(issue.updated_at),
        "url": issue.html_url,
        "fields": "{}",
        "is_deleted": False,
        "has_history": content.events is not None,
    }


def _type_of(labels: Sequence[str]) -> str:
    found = sorted({_TYPE_LABELS[name.lower()] for name in labels if name.lower() in _TYPE_LABELS})
    return found[0] if found else DEFAULT_TYPE


def _add_changes(
    record: NormalisedRecord, issue: Issue, key: str, events: Sequence[Any], times: TimeReader
) -> None:
    def dated(event: Event) -> DatedEvent:
        if not event.id or not event.created_at:
            raise UnusableValueError("the event has no id or no time", "export the events again")
        return DatedEvent(times.read(event.created_at), event)

    found = usable_parts(record, "event", events_of_kind(events, CHANGE_EVENTS), Event, dated)
    once = {entry.event.id: entry for entry in found}
    rows = change_rows(
        key,
        once.values(),
        labels=(label.name for label in issue.labels),
        milestones=[issue.milestone.title] if issue.milestone else [],
    )
    record.rows += (("work_item_changes", row) for row in rows)
    add_actors(record, (entry.event.actor for entry in found))


def _add_comments(
    record: NormalisedRecord, key: str, comments: Sequence[Any], times: TimeReader
) -> None:
    def read(comment: Comment) -> tuple[Comment, Mapping[str, Any]]:
        return comment, {
            "comment_id": comment.id,
            "work_item_key": key,
            "author": login_of(comment.user, comment.actor),
            "created_at": times.read(comment.created_at),
        }

    found = usable_parts(record, "comment", comments, Comment, read)
    once = {comment.id: row for comment, row in found}
    record.rows += (("comments", row) for row in once.values())
    add_actors(record, (comment.user or comment.actor for comment, _ in found))
