"""A row of a neutral table, checked against the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capstream.connectors.accounts import actor_kind, actor_row
from capstream.connectors.records import (
    NormalisedRecord,
    RawRecord,
    RecordError,
    Rejection,
    UnusableValueError,
)
from capstream.connectors.tables.contract import (
    CHANGED_LISTS,
    KEYS,
    LISTS,
    MOMENTS,
    OWN_COLUMNS,
    REQUIRED,
    TABLES,
    WORDS,
)
from capstream.connectors.tables.values import Reader, list_text, object_text, reader_of
from capstream.connectors.times import TimeReader
from capstream.connectors.whole_numbers import whole_number
from capstream.warehouse.raw_tables import NEUTRAL_TABLES

ACCOUNT_COLUMNS = ("author", "assignee", "reporter", "reviewer", "merged_by", "committer", "actor")
_VOLUMES = {"worklogs": ("seconds", "seconds"), "commits": ("additions", "lines")}
_ORDERED = frozenset({"parents"})


class TablesNormaliser:
    """Reads rows that name their table under `record`.

    Args:
        times: Reader of the source's times.
        source: Name of the source, where a row names no system of its own.
        items_with_history: Whether the source has a table of changes.
    """

    def __init__(self, times: TimeReader, source: str, *, items_with_history: bool) -> None:
        self.source = source
        self.items_with_history = items_with_history
        self.reads_utc = times.is_utc
        self._readers: Mapping[str, Mapping[str, Reader]] = {
            table: {field.name: reader_of(field.type, times) for field in columns}
            for table, columns in ((each, NEUTRAL_TABLES[each]) for each in TABLES)
        }

    def normalise(self, raw: RawRecord) -> NormalisedRecord:
        """Read one row.

        Raises:
            RecordError: A required value is missing or a value is not of its column's type.
        """
        table = str(raw.value["record"])
        values = {
            column: self._value(table, column, raw)
            for column in NEUTRAL_TABLES[table].names
            if column not in OWN_COLUMNS
        }
        _refuse_incomplete(table, values, raw)
        values["source"] = values["source"] or self.source
        self._complete(table, values)
        record = NormalisedRecord(table, _key(table, values), _moment(table, values), raw)
        record.rows.append((table, values))
        record.rows += (
            ("actors", {**actor_row(values[column]), "source": values["source"]})
            for column in ACCOUNT_COLUMNS
            if values.get(column)
        )
        return record

    def cell(self, table: str, column: str, value: Any) -> Any:
        """Read one cell of a row; None for an empty one.

        Raises:
            UnusableValueError: The value is not of its column's type.
        """
        if column in LISTS:
            return list_text(value, is_ordered=column in _ORDERED)
        if value is None or value == "":
            return "{}" if column == "fields" else None
        if column == "fields":
            return object_text(value)
        read = self._readers[table][column](value)
        _refuse_unknown_word(table, column, read)
        return read

    def _value(self, table: str, column: str, raw: RawRecord) -> Any:
        try:
            return self.cell(table, column, raw.value.get(column))
        except UnusableValueError as error:
            raise _refusal(table, column, str(error), error.remedy, raw) from error

    def _complete(self, table: str, values: dict[str, Any]) -> None:
        """Fill what the load knows itself, and bring accounts of commits to one spelling."""
        if table == "work_items":
            values["is_deleted"] = False
            values["has_history"] = self.items_with_history
        if table == "work_item_changes" and values["field"] in CHANGED_LISTS:
            for column in ("from_value", "to_value"):
                values[column] = list_text(values[column], is_ordered=False)
        if table == "commits":
            values["author"] = values["author"].lower()
            values["committer"] = values["committer"].lower() if values["committer"] else None
        if table == "actors":
            values["kind"] = values["kind"] or actor_kind(values["account"])


def _refuse_unknown_word(table: str, column: str, value: Any) -> None:
    words = WORDS.get((table, column))
    if words is not None and value not in words:
        raise UnusableValueError(
            f"{value!r} is not allowed", f"write one of {', '.join(sorted(words))}"
        )


def _refuse_incomplete(table: str, values: Mapping[str, Any], raw: RawRecord) -> None:
    for column in REQUIRED[table]:
        if values[column] is None:
            raise _refusal(table, column, "the value is missing", "fill it in", raw)
    if table == "comments" and not (
        values["work_item_key"] or (values["repository"] and values["number"] is not None)
    ):
        reason = "the comment names neither an item nor a pull request"
        raise _refusal(
            table, "work_item_key", reason, "write work_item_key, or repository and number", raw
        )
    if table == "worklogs" and values["seconds"] < 0:
        raise _refusal(table, "seconds", "the time is negative", "correct the worklog", raw)


def _refusal(table: str, column: str, reason: str, remedy: str, raw: RawRecord) -> RecordError:
    name, unit = _VOLUMES.get(table, ("", "records"))
    volume = whole_number(str(raw.value.get(name) or ""))
    key = ":".join(str(raw.value[part]) for part in KEYS[table] if raw.value.get(part))
    return RecordError(
        Rejection(
            record_type=table,
            record_key=key or None,
            origin=raw.origin,
            column=column,
            reason=reason,
            remedy=remedy,
            volume=1 if volume is None else volume,
            volume_unit="records" if volume is None else unit,
        )
    )


def _key(table: str, values: Mapping[str, Any]) -> str:
    return ":".join(str(values[part]) for part in ("source", *KEYS[table]))


def _moment(table: str, values: Mapping[str, Any]) -> Any:
    column = MOMENTS.get(table)
    return (values[column] if column else None) or values.get("created_at")
