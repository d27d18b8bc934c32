"""An issue's history as rows of `work_item_changes`, whatever order it arrives in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from capstream.connectors.edges import json_list
from capstream.connectors.jira.models import ChangeItem, History, Option
from capstream.connectors.jira.users import account_of
from capstream.connectors.value_lists import ListHistory, Value
from capstream.connectors.whole_numbers import whole_number

_PLAIN_FIELDS = {
    "status": "status",
    "issuetype": "item_type",
    "resolution": "resolution",
    "assignee": "assignee",
    "labels": "labels",
    "key": "project_key",
    "epic link": "epic_key",
    "component": "components",
    "fix version": "fix_versions",
}
_PARENT_FIELDS = frozenset({"parent", "issueparentassociation"})
_LISTS = frozenset({"components", "fix_versions"})


@dataclass(frozen=True, slots=True)
class DatedHistory:
    """A history entry and its moment, UTC."""

    at: datetime
    history: History


def change_rows(
    item_key: str,
    histories: Iterable[DatedHistory],
    *,
    parent_field: str,
    components: Iterable[Option],
    fix_versions: Iterable[Option],
) -> Iterator[Mapping[str, Any]]:
    """Turn history entries into one row per field changed.

    Jira tells one added or removed value at a time for components and versions; the whole
    lists before and after are replayed backward from what the issue has now.

    Args:
        item_key: Key of the issue.
        histories: Entries in any order.
        parent_field: What a change of parent changes: `parent_key` or `epic_key`.
        components: What the issue has now.
        fix_versions: What the issue has now.
    """
    lists = {
        "components": ListHistory({each.identity: each.name for each in components}),
        "fix_versions": ListHistory({each.identity: each.name for each in fix_versions}),
    }
    newest_first = sorted(histories, key=_moment, reverse=True)
    for entry in newest_first:
        for position, item in reversed(list(enumerate(entry.history.items))):
            field = _field_of(item.field, parent_field)
            old, new = _values(item, field, lists)
            yield {
                "work_item_key": item_key,
                "change_id": f"{entry.history.id}.{position}",
                "changed_at": entry.at,
                "author": account_of(entry.history.author),
                "field": field,
                "from_value": old,
                "to_value": new,
            }


def former_keys(key: str, histories: Iterable[Any]) -> list[str]:
    """Return the keys under which an issue stood before it moved to other projects.

    Args:
        key: Its key now.
        histories: Native history entries in any order; what is not one is passed over.
    """
    items = (
        item
        for history in histories
        if isinstance(history, dict) and isinstance(history.get("items"), list)
        for item in history["items"]
        if isinstance(item, dict) and str(item.get("field")).casefold() == "key"
    )
    found = {text for item in items for text in (item.get("fromString"), item.get("toString"))}
    return sorted(text for text in found if isinstance(text, str) and text and text != key)


def _moment(entry: DatedHistory) -> tuple[datetime, int, str]:
    """Order by time; entries of one moment by their number."""
    number = entry.history.id
    return entry.at, whole_number(number) or 0, number


@lru_cache(maxsize=4_096)
def _field_of(field: str, parent_field: str) -> str:
    name = field.casefold()
    return parent_field if name in _PARENT_FIELDS else _PLAIN_FIELDS.get(name, "other")


def _values(
    item: ChangeItem, field: str, lists: Mapping[str, ListHistory]
) -> tuple[str | None, str | None]:
    if field in _LISTS:
        return lists[field].undo(
            added=_option(item.new_id, item.new_text), removed=_option(item.old_id, item.old_text)
        )
    if field == "assignee":
        return item.old_id or None, item.new_id or None
    if field == "labels":
        return json_list((item.old_text or "").split()), json_list((item.new_text or "").split())
    if field == "project_key":
        return _project(item.old_text), _project(item.new_text)
    if field == "other":
        return None, None
    return item.old_text or None, item.new_text or None


def _option(identity: str | None, name: str | None) -> Value | None:
    return (identity or name, name) if name else None


def _project(key: str | None) -> str | None:
    return key.rpartition("-")[0] if key else None
