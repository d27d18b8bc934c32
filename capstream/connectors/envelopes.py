"""Answers that hold many records, opened: one record each, with what it needs from beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capstream.connectors.records import RawRecord, Rejection


@dataclass(frozen=True, slots=True)
class Envelope:
    """A list that an answer of the vendor wraps its records in.

    Attributes:
        items: Dotted name of the list.
        record_type: Type of the records; None where each shows its own.
        beside: Fields of the answer that its records need.
    """

    items: str
    record_type: str | None = None
    beside: tuple[str, ...] = ()

    def held(self, value: Mapping[str, Any]) -> list[Any] | None:
        """Return the list of an answer; None where there is none."""
        found: Any = value
        for name in self.items.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found if isinstance(found, list) else None

    def line(self, item: Mapping[str, Any], value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a record as an export of single records would hold it."""
        if self.record_type is None:
            return item
        beside = {name: value[name] for name in self.beside if name in value}
        return {"type": self.record_type, **beside, self.record_type: item}


def opened(
    record: RawRecord | Rejection, envelopes: Iterable[Envelope]
) -> Iterator[RawRecord | Rejection]:
    """Yield the records of an answer; what is no answer with a list is yielded as it is."""
    if isinstance(record, RawRecord) and not isinstance(record.value.get("type"), str):
        for envelope in envelopes:
            held = envelope.held(record.value)
            if held is not None:
                yield from _records(record, envelope, held)
                return
    yield record


def _records(
    record: RawRecord, envelope: Envelope, held: list[Any]
) -> Iterator[RawRecord | Rejection]:
    for number, item in enumerate(held):
        if isinstance(item, dict):
            line = envelope.line(item, record.value)
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            yield RawRecord(record.origin, text, line, record.fetched_at)
        else:
            column = f"{envelope.items}.{number}"
            reason, remedy = "the entry is not a JSON object", "export the answer again"
            yield Rejection("unknown", None, record.origin, column, reason, remedy)
