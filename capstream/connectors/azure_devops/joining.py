"""Revisions that stand on lines of their own, brought together by work item.

A revision holds the whole item as it left it; what it changed shows only beside the one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from capstream.connectors.records import RawRecord, Rejection

_TYPES = ("work_item", "revision")


def joined(records: Iterator[RawRecord | Rejection]) -> Iterator[RawRecord | Rejection]:
    """Yield a record for each work item with all its revisions, and all other records as they are.

    Args:
        records: Lines in any order, those of one item anywhere among them.
    """
    held: dict[str, list[tuple[int, str, RawRecord]]] = {}
    for record in records:
        revision = _revision(record) if isinstance(record, RawRecord) else None
        if revision is None or not isinstance(record, RawRecord):
            yield record
        else:
            place = (int(revision["rev"]), record.payload, record)
            held.setdefault(str(revision["id"]), []).append(place)
    for places in held.values():
        yield _whole([record for _, _, record in sorted(places, key=lambda each: each[:2])])


def _revision(record: RawRecord) -> Mapping[str, Any] | None:
    """Return the revision of a line that brings no other beside it; None for any other line."""
    line = record.value
    if any(line.get(name) is not None for name in ("previous", "revisions", "updates")):
        return None
    named = line.get("type")
    inner = next((line[name] for name in _TYPES if isinstance(line.get(name), dict)), line)
    if isinstance(named, str) and named not in _TYPES:
        return None
    is_whole = isinstance(inner.get("fields"), dict) and "id" in inner
    return inner if is_whole and isinstance(inner.get("rev"), int) else None


def _whole(lines: list[RawRecord]) -> RawRecord:
    """Return one record of an item: the newest of its lines beside all of them."""
    revisions = [dict(_revision(line) or {}) for line in lines]
    once = {revision["rev"]: revision for revision in revisions}
    value = {"type": "work_item", "work_item": revisions[-1], "revisions": list(once.values())}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return RawRecord(min(line.origin for line in lines), text, value)
