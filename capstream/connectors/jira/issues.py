"""A native issue as rows of the neutral tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from capstream.company.sources import JiraSource
from capstream.connectors.edges import explained, json_list, record_error
from capstream.connectors.jira.changes import DatedHistory, change_rows, former_keys
from capstream.connectors.jira.custom_fields import custom_values, linked_key
from capstream.connectors.jira.models import (
    Comment,
    Embedded,
    Fields,
    History,
    Issue,
    StatusCategory,
    User,
    Worklog,
)
from capstream.connectors.jira.users import ANONYMOUS, account_of, jira_actor
from capstream.connectors.records import (
    NormalisedRecord,
    Notice,
    RawRecord,
    Rejection,
    UnusableValueError,
)
from capstream.connectors.times import TimeReader

EPIC_FIELD = "customfield_10014"
"""The epic link of Jira Cloud; a Server names its own with `epic_field`."""

_CATEGORIES: Mapping[int | str, str] = {
    1: "todo", 2: "todo", 3: "done", 4: "in_progress",
    "undefined": "todo", "new": "todo", "done": "done", "indeterminate": "in_progress",
}  # fmt: skip

Part = TypeVar("Part", bound=BaseModel)


class JiraNormaliser:
    """Reads issues.

    Args:
        times: Reader of the source's times.
        epic_field: Custom field that holds the epic's key.
        points_field: Custom field that holds story points.
    """

    def __init__(
        self, times: TimeReader, *, epic_field: str | None = None, points_field: str | None = None
    ) -> None:
        self._times = times
        self._epic_field = epic_field or EPIC_FIELD
        self._points_field = points_field

    def normalise(self, raw: RawRecord) -> NormalisedRecord:
        """Read one issue with its history, worklogs and comments.

        `timespent` and its sums are never read: only worklogs say who worked.

        Raises:
            RecordError: The issue itself cannot be used.
        """
        key = raw.value.get("id") or raw.value.get("key")
        record_key = str(key) if key else None
        try:
            issue = Issue.model_validate(raw.value)
            updated_at = self._times.read_optional(issue.fields.updated)
            record = NormalisedRecord("issue", record_key or issue.key, updated_at, raw)
            record.rows.append(("work_items", self._item(issue)))
        except (ValidationError, UnusableValueError) as error:
            raise record_error(
                error, record_type="issue", record_key=record_key, origin=raw.origin
            ) from error
        self._add_parts(record, issue)
        return record

    def _item(self, issue: Issue) -> Mapping[str, Any]:
        fields = issue.fields
        parent_key, epic_key = self._hierarchy(fields)
        return {
            "work_item_key": issue.key,
            "item_type": fields.issue_type.name,
            "title": fields.summary,
            "status": fields.status.name,
            "status_category": _category(fields.status.category),
            "parent_key": parent_key,
            "project_key": fields.project.key if fields.project else issue.key.rpartition("-")[0],
            "epic_key": epic_key,
            "components": json_list(each.name for each in fields.components or ()),
            "labels": json_list(fields.labels or ()),
            "fix_versions": json_list(each.name for each in fields.fix_versions or ()),
            "priority": fields.priority.name if fields.priority else None,
            "assignee": account_of(fields.assignee),
            "reporter": account_of(fields.reporter),
            "resolution": fields.resolution.name if fields.resolution else None,
            "estimate_points": self._points(fields),
            "estimate_seconds": fields.estimate_seconds,
            "created_at": self._times.read(fields.created),
            "resolved_at": self._times.read_optional(fields.resolved),
            "updated_at": self._times.read_optional(fields.updated),
            "url": _url(issue),
            "fields": json.dumps(_values_for_rules(issue), ensure_ascii=False),
            "is_deleted": False,
            "has_history": issue.changelog is not None,
        }

    def _hierarchy(self, fields: Fields) -> tuple[str | None, str | None]:
        """Return parent and epic: a parent that is an epic is the epic, and nothing else."""
        parent = fields.parent.key if fields.parent else None
        epic = linked_key((fields.model_extra or {}).get(self._epic_field))
        if epic is None and fields.epic is not None:
            epic = fields.epic.key
        if _parent_column(fields) == "epic_key":
            return None, epic or parent
        return parent, epic

    def _points(self, fields: Fields) -> Decimal | None:
        value = (fields.model_extra or {}).get(self._points_field) if self._points_field else None
        try:
            return None if value in (None, "") else Decimal(str(value))
        except InvalidOperation:
            reason = f"{value!r} is not a number of points"
            raise UnusableValueError(reason, "name the right field in points_field") from None

    def _add_parts(self, record: NormalisedRecord, issue: Issue) -> None:
        self._add_history(record, issue)
        self._add_worklogs(record, issue)
        self._add_comments(record, issue)
        _add_actors(record, (issue.fields.assignee, issue.fields.reporter))

    def _add_history(self, record: NormalisedRecord, issue: Issue) -> None:
        if issue.changelog is None:
            return
        _note_cut(record, issue.changelog, issue.changelog.histories, "history")
        entries = self._parts(
            record, "history", issue.changelog.histories, History,
            lambda each: DatedHistory(self._times.read(each.created), each),
        )  # fmt: skip
        rows = change_rows(
            issue.key,
            entries,
            parent_field=_parent_column(issue.fields),
            components=issue.fields.components or (),
            fix_versions=issue.fields.fix_versions or (),
        )
        record.rows += (("work_item_changes", row) for row in rows)
        _add_actors(record, (entry.history.author for entry in entries))

    def _add_worklogs(self, record: NormalisedRecord, issue: Issue) -> None:
        if issue.fields.worklog is None:
            return
        _note_cut(record, issue.fields.worklog, issue.fields.worklog.worklogs, "worklogs")
        parts = self._parts(
            record, "worklog", issue.fields.worklog.worklogs, Worklog,
            lambda each: (self._worklog(issue.key, each), each.author),
        )  # fmt: skip
        record.rows += (("worklogs", row) for row, _ in parts)
        _add_actors(record, (author for _, author in parts))

    def _worklog(self, key: str, worklog: Worklog) -> Mapping[str, Any]:
        return {
            "worklog_id": worklog.id,
            "work_item_key": key,
            "author": account_of(worklog.author) or ANONYMOUS,
            "started_at": self._times.read(worklog.started),
            "seconds": worklog.seconds,
            "created_at": self._times.read_optional(worklog.created),
        }

    def _add_comments(self, record: NormalisedRecord, issue: Issue) -> None:
        if issue.fields.comment is None:
            return
        _note_cut(record, issue.fields.comment, issue.fields.comment.comments, "comments")
        parts = self._parts(
            record, "comment", issue.fields.comment.comments, Comment,
            lambda each: (self._comment(issue.key, each), each.author),
        )  # fmt: skip
        record.rows += (("comments", row) for row, _ in parts)
        _add_actors(record, (author for _, author in parts))

    def _comment(self, key: str, comment: Comment) -> Mapping[str, Any]:
        return {
            "comment_id": comment.id,
            "work_item_key": key,
            "author": account_of(comment.author) or ANONYMOUS,
            "created_at": self._times.read(comment.created),
        }

    def _parts(
        self,
        record: NormalisedRecord,
        part_type: str,
        values: list[Any],
        model: type[Part],
        read: Callable[[Part], Any],
    ) -> list[Any]:
        """Read the parts of an issue, each id once; what cannot be read is set aside."""
        usable: dict[str, Any] = {}
        for value in values:
            try:
                part = model.model_validate(value)
                found = read(part)
                _require_same(usable.setdefault(str(part.id), found), found)  # type: ignore[attr-defined]
            except (ValidationError, UnusableValueError) as error:
                record.rejections.append(_part_rejection(record, part_type, value, error))
        return list(usable.values())


def _values_for_rules(issue: Issue) -> Mapping[str, Any]:
    """Return custom fields, and the keys of a moved issue, by which old code still names it."""
    values: dict[str, Any] = dict(custom_values(issue.fields.model_extra or {}))
    former = former_keys(issue.key, issue.changelog.histories) if issue.changelog else []
    return {**values, "former_keys": former} if former else values


def _require_same(first: Any, second: Any) -> None:
    """Refuse a second part of the same id that says something else; pages may overlap."""
    if first != second:
        raise UnusableValueError("another part has the same id", "export the issue again")


def _part_rejection(
    record: NormalisedRecord,
    part_type: str,
    value: Any,
    error: ValidationError | UnusableValueError,
) -> Rejection:
    column, reason, remedy = explained(error)
    native = value if isinstance(value, dict) else {}
    seconds = native.get("timeSpentSeconds")
    is_time = part_type == "worklog" and isinstance(seconds, int)
    return Rejection(
        record_type=part_type,
        record_key=str(native["id"]) if native.get("id") else None,
        origin=record.raw.origin,
        column=column,
        reason=reason,
        remedy=remedy,
        volume=seconds if is_time and isinstance(seconds, int) else 1,
        volume_unit="seconds" if is_time else "records",
    )


def _note_cut(record: NormalisedRecord, embedded: Embedded, values: list[Any], what: str) -> None:
    """Notice a list that is shorter than its own total."""
    missing = (embedded.total or 0) - len(values)
    if missing > 0:
        record.notices.append(
            Notice(
                code=f"truncated_{what}",
                record_type=record.record_type,
                record_key=record.record_key,
                origin=record.raw.origin,
                message=f"the export holds {len(values)} of {embedded.total} {what}",
                remedy=f"export the issue with all its {what}",
                volume=missing,
            )
        )


def _add_actors(record: NormalisedRecord, users: Iterable[User | None]) -> None:
    """Add each account once: one person makes most of an issue's changes."""
    once = {(account_of(user), user.display_name, user.email, user.account_type): user
            for user in users if user is not None}  # fmt: skip
    for (account, *_), user in once.items():
        if account:
            record.rows.append(("actors", jira_actor(user, account)))


def _category(category: StatusCategory | None) -> str | None:
    """Return the neutral category; Jira's numbers hold in every language, keys are edited."""
    if category is None:
        return None
    return _CATEGORIES.get(category.id or "") or _CATEGORIES.get(category.key or "")


def _parent_column(fields: Fields) -> str:
    """Say what the parent of this issue is: of a standard issue it is the epic."""
    parent_type = (
        fields.parent.fields.issue_type if fields.parent and fields.parent.fields else None
    )
    if parent_type is not None and parent_type.level is not None:
        return "epic_key" if parent_type.level == 1 else "parent_key"
    own = fields.issue_type
    is_standard = not own.subtask and own.level in (None, 0) and own.name.casefold() != "epic"
    return "epic_key" if is_standard else "parent_key"


def _url(issue: Issue) -> str | None:
    """Return the page of the issue, found from the address of its resource."""
    site, found, _ = (issue.self_url or "").partition("/rest/")
    return f"{site}/browse/{issue.key}" if found else None


def jira_normaliser(source: JiraSource, times: TimeReader) -> JiraNormaliser:
    """Open the normaliser of a configured source."""
    return JiraNormaliser(times, epic_field=source.epic_field, points_field=source.points_field)
