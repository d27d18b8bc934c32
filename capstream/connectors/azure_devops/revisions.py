"""Revisions of a work item as its row and its changes: a change is what two revisions differ in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from capstream.connectors.accounts import actor_row
from capstream.connectors.edges import json_list
from capstream.connectors.records import UnusableValueError
from capstream.connectors.typed_records import Told

Fields = Mapping[str, Any]

_CATEGORIES = {
    "new": "todo", "to do": "todo", "proposed": "todo", "approved": "todo", "design": "todo",
    "active": "in_progress", "doing": "in_progress", "committed": "in_progress",
    "in progress": "in_progress", "resolved": "in_progress",
    "closed": "done", "done": "done", "completed": "done", "removed": "done", "inactive": "done",
}  # fmt: skip
"""States of the four processes that come with the product; others have no category."""

_POINTS = ("Microsoft.VSTS.Scheduling.StoryPoints", "Microsoft.VSTS.Scheduling.Effort")
_CLOSED = "Microsoft.VSTS.Common.ClosedDate"


def item_key(source: str, number: object) -> str:
    """Return the global key of a work item."""
    return f"{source}:{number}"


def add_item(told: Told, source: str) -> None:
    """Add a work item as it is now, and its changes where its revisions stand beside it."""
    revisions = told.line.get("revisions") or told.native.get("revisions")
    listed = sorted(revisions or (), key=lambda each: int(each["rev"]))
    fields = told.native.get("fields") or (listed[-1]["fields"] if listed else None)
    if not fields:
        raise UnusableValueError("the work item has no fields", "export it with its fields")
    updates = told.line.get("updates") or told.native.get("updates")
    is_told = bool(listed or updates or told.record.raw.fetched_at)
    _add_row(told, source, fields, has_history=is_told)
    before: Fields = {}
    for revision in listed:
        _add_changes(told, source, revision, before)
        before = revision["fields"]
    for update in updates or ():
        _add_update(told, source, update)


def add_revision(told: Told, source: str) -> None:
    """Add what a revision changed since the one before, which stands beside it."""
    _add_changes(told, source, told.native, told.line.get("previous") or {})


def _add_update(told: Told, source: str, update: Mapping[str, Any]) -> None:
    """Add what an update says that it changed; the first makes the item."""
    sides = {name: each for name, each in (update.get("fields") or {}).items()
             if isinstance(each, dict)}  # fmt: skip
    before = {name: each["oldValue"] for name, each in sides.items() if "oldValue" in each}
    after = {name: each["newValue"] for name, each in sides.items() if "newValue" in each}
    if int(update["rev"]) == 1 or not sides:
        return
    after.setdefault("System.ChangedDate", update.get("revisedDate"))
    after.setdefault("System.ChangedBy", update.get("revisedBy"))
    changed = {"id": told.native["id"], "rev": update["rev"], "fields": after}
    _add_changes(told, source, changed, before or {"System.ChangedDate": None})


def _add_row(told: Told, source: str, fields: Fields, *, has_history: bool) -> None:
    changed = told.times.read_optional(fields.get("System.ChangedDate"))
    told.record.updated_at = changed or told.record.updated_at
    state = str(fields["System.State"])
    is_done = _CATEGORIES.get(state.lower()) == "done"
    points = next((fields[name] for name in _POINTS if fields.get(name) is not None), None)
    told.add(
        "work_items", work_item_key=item_key(source, told.native["id"]),
        item_type=str(fields["System.WorkItemType"]), title=fields.get("System.Title"),
        status=state, status_category=_CATEGORIES.get(state.lower()),
        parent_key=_parent(source, fields), project_key=fields.get("System.TeamProject"),
        components=_area(source, fields), labels=_tags(source, fields),
        fix_versions=_iteration(source, fields),
        priority=_text(fields.get("Microsoft.VSTS.Common.Priority")),
        assignee=account(told, fields.get("System.AssignedTo")),
        reporter=account(told, fields.get("System.CreatedBy")),
        resolution=fields.get("System.Reason") if is_done else None,
        estimate_points=None if points is None else Decimal(str(points)),
        created_at=told.times.read(fields["System.CreatedDate"]),
        resolved_at=told.times.read_optional(fields.get(_CLOSED)), updated_at=changed,
        url=told.native.get("url"), fields="{}",
        is_deleted=bool(told.native.get("isDeleted") or fields.get("System.IsDeleted")),
        has_history=has_history,
    )  # fmt: skip


def _add_changes(told: Told, source: str, revision: Mapping[str, Any], before: Fields) -> None:
    """Add a row for each field that differs; the first revision makes the item."""
    if not before:
        return
    fields = revision["fields"]
    number = revision.get("id") or told.native["id"]
    at = told.times.read(fields["System.ChangedDate"])
    author = account(told, fields.get("System.ChangedBy"))
    for field, read in _READ.items():
        old, new = read(source, before), read(source, fields)
        if old != new:
            told.add(
                "work_item_changes", work_item_key=item_key(source, number),
                change_id=f"{number}.{revision['rev']}.{field}", changed_at=at, author=author,
                field=field, from_value=old, to_value=new,
            )  # fmt: skip


def account(told: Told, identity: Any) -> str | None:
    """Return who an identity is, and add the account: its unique name, mostly an e-mail."""
    if not identity:
        return None
    named = identity if isinstance(identity, dict) else {"uniqueName": str(identity)}
    found = named.get("uniqueName") or named.get("id") or named.get("displayName")
    if not found:
        return None
    email = str(found) if "@" in str(found) else None
    row = actor_row(str(found).lower(), display_name=named.get("displayName"), email=email)
    told.record.rows.append(("actors", row))
    return str(found).lower()


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _state(_: str, fields: Fields) -> str | None:
    return _text(fields.get("System.State"))


def _type(_: str, fields: Fields) -> str | None:
    return _text(fields.get("System.WorkItemType"))


def _project(_: str, fields: Fields) -> str | None:
    return _text(fields.get("System.TeamProject"))


def _assignee(_: str, fields: Fields) -> str | None:
    identity = fields.get("System.AssignedTo")
    if not identity:
        return None
    found = identity.get("uniqueName") if isinstance(identity, dict) else str(identity)
    return str(found).lower() if found else None


def _parent(source: str, fields: Fields) -> str | None:
    parent = fields.get("System.Parent")
    return item_key(source, parent) if parent else None


def _tags(_: str, fields: Fields) -> str:
    tags = str(fields.get("System.Tags") or "").split(";")
    return json_list(tag.strip() for tag in tags if tag.strip())


def _area(_: str, fields: Fields) -> str:
    area = fields.get("System.AreaPath")
    return json_list([str(area)] if area else [])


def _iteration(_: str, fields: Fields) -> str:
    iteration = fields.get("System.IterationPath")
    return json_list([str(iteration)] if iteration else [])


_READ: Mapping[str, Callable[[str, Fields], str | None]] = {
    "status": _state, "item_type": _type, "assignee": _assignee, "parent_key": _parent,
    "project_key": _project, "labels": _tags, "components": _area, "fix_versions": _iteration,
}  # fmt: skip
