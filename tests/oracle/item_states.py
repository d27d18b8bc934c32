"""Work items as they stood on a day, replayed from their changes (attribution 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from tests.oracle.records import Records, Row, listed, local_day, moment

LISTS = {"labels", "components"}
END = datetime(9999, 1, 1)  # noqa: DTZ001 stored times are naive UTC


class ItemStates:
    """Fields of every item over time; the last change of a company day is the day's state."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.items: dict[str, Row] = {
            row["work_item_key"]: row for row in records.rows("inp_work_items")
        }
        self.changes: dict[tuple[str, str], list[tuple[datetime, str, Row]]] = defaultdict(list)
        for row in records.rows("inp_work_item_changes"):
            at = _time(row["changed_at"])
            change = (at, _as_number(row["change_id"]), row)
            self.changes[row["work_item_key"], row["field"]].append(change)
        for changes in self.changes.values():
            changes.sort(key=lambda change: change[:2])
        self._categories = self._categories_of_statuses()

    def intervals(self, key: str, field: str) -> Iterator[tuple[datetime, datetime, Any]]:
        """Yield start, end and value of a field, from the item's creation on.

        A change after the data-as-of is not known yet: what it changed stands on.
        """
        item = self.items[key]
        changes = self.changes.get((key, field), [])
        values = [changes[0][2]["from_value"]] if changes else [item.get(field)]
        known = [change for change in changes if self.records.is_known(change[0])]
        values += [row["to_value"] for _, _, row in known]
        times = [_time(item["created_at"]), *(at for at, _, _ in known), END]
        for (begin, end), value in zip(pairwise(times), values, strict=True):
            yield begin, end, value

    def on(self, key: str, field: str, day: date) -> Any:
        """Return a field's value at the end of a day of the company; lists as sorted tuples."""
        if key not in self.items:
            return None
        found = None
        for begin, _, value in self.intervals(key, field):
            if found is None or local_day(begin, self.records.zone) <= day:
                found = (value,)
        value = found[0] if found else None
        return tuple(sorted(listed(value))) if field in LISTS else value

    def is_work(self, key: str, status: str | None) -> bool:
        """Whether a status is one in which somebody works, by workflow, else by its category."""
        name = (status or "").strip().lower()
        project = self.items[key].get("project_key")
        rows = self.records.rows("company.workflow_statuses")
        scope = project if any(row["project"] == project for row in rows) else "*"
        for row in rows:
            if row["project"] == scope and row["status_key"] == name:
                return row["kind"] == "work"
        own = self._categories.get((project, name))
        return (own or self._categories.get((None, name))) == "in_progress"

    def _categories_of_statuses(self) -> dict[tuple[str | None, str], str]:
        """The tracker's category by project and status, and (project None) over all projects."""
        found: dict[tuple[str | None, str], str] = {}
        for item in self.items.values():
            category, name = item.get("status_category"), item["status"].strip().lower()
            for scope in (item.get("project_key"), None) if category else ():
                found[scope, name] = min(category, found.get((scope, name), category))
        return found


def _time(value: object) -> datetime:
    found = moment(value)
    assert found is not None
    return found


def _as_number(change_id: str) -> str:
    return change_id.zfill(20)
