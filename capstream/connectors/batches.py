"""Arrow batches of what the records became, small enough to hold in memory."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from capstream.connectors.records import (
    DecidedRows,
    Delivered,
    NormalisedRecord,
    Normaliser,
    Notice,
    RawRecord,
    RecordError,
    Rejection,
)
from capstream.warehouse.raw_tables import NEUTRAL_TABLES, OPS_TABLES, RECORDS

BATCH_ROWS = 40_000
BATCH_BYTES = 32_000_000

_WIDE = Context(prec=60)
_MOST = 10**13
"""A volume of this size is no record's: three hundred thousand years of seconds."""

Batch = tuple[str, pa.Table]


def landing_schema(columns: pa.Schema) -> pa.Schema:
    """Return the columns of a table on its way: times marked UTC, the record's number added.

    A time without a zone would be read in the zone of the machine while it is loaded.
    """
    fields = [
        pa.field(each.name, pa.timestamp("us", "UTC")) if pa.types.is_timestamp(each.type) else each
        for each in columns
    ]
    return pa.schema([*fields, pa.field("record_number", pa.int64())])


LANDING_TABLES: Mapping[str, pa.Schema] = {
    name: landing_schema(columns)
    for name, columns in {
        **NEUTRAL_TABLES,
        "records": RECORDS,
        "rejected_records": OPS_TABLES["rejected_records"],
        "source_notices": OPS_TABLES["source_notices"],
    }.items()
}


class Batches:
    """Collects rows by table and hands them out as Arrow tables.

    Args:
        source: Name of the source, written where a row names none.
        kind: Kind of the source.
    """

    def __init__(self, source: str, kind: str) -> None:
        self._source = source
        self._kind = kind
        self._rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self._row_count = 0
        self._byte_count = 0
        self._record_number = 0
        self._accounts: set[tuple[Any, ...]] = set()

    def filled(self, records: Iterable[Delivered], normaliser: Normaliser) -> Iterator[Batch]:
        """Normalise a stream of records into batches, one table at a time."""
        for record in records:
            if isinstance(record, DecidedRows):
                yield from self._taken(record, normaliser)
            else:
                self._record_number += 1
                self._add(record, normaliser)
            if self._row_count >= BATCH_ROWS or self._byte_count >= BATCH_BYTES:
                yield from self._emptied()
        yield from self._emptied()

    def _taken(self, decided: DecidedRows, normaliser: Normaliser) -> Iterator[Batch]:
        """Hand out the rows that are decided; take the others as records of their own."""
        first = self._record_number + 1
        for position, record in decided.others.items():
            self._record_number = first + position
            self._add(record, normaliser)
        self._record_number = first + decided.count - 1
        if not len(decided.positions):
            return
        shared = {
            "record_source": self._source,
            "record_type": decided.record_type,
            "record_key": decided.records["record_key"],
            "record_number": pc.add(decided.positions, first),
        }
        for place, account in decided.accounts:
            if self._is_new(account):
                self._append("actors", {**account, **_at(shared, place)})
        yield decided.record_type, _landed(decided.record_type, {**decided.rows, **shared})
        own = {
            "source": self._source,
            "record_hash": _hashes(decided.records["payload"]),
            "is_deleted": False,
        }
        yield "records", _landed("records", {**shared, **decided.records, **own})

    def _add(self, record: RawRecord | Rejection, normaliser: Normaliser) -> None:
        if isinstance(record, Rejection):
            self._reject(record, None)
            return
        try:
            self._accept(normaliser.normalise(record))
        except RecordError as error:
            self._reject(error.rejection, None)

    def _accept(self, record: NormalisedRecord) -> None:
        _require_fitting(record)
        number = self._record_number
        origin = {
            "record_source": self._source,
            "record_type": record.record_type,
            "record_key": record.record_key,
            "record_number": number,
        }
        self._append("records", self._record_row(record, number))
        for table, values in record.rows:
            if table == "actors" and not self._is_new(values):
                continue
            self._append(table, {"source": self._source, **values, **origin})
        for rejection in record.rejections:
            self._reject(rejection, number)
        for notice in record.notices:
            self._note(notice, number)

    def _is_new(self, account: Mapping[str, Any]) -> bool:
        """Say whether an account is seen for the first time: every change names its author."""
        seen = tuple(account.items())
        is_new = seen not in self._accounts
        self._accounts.add(seen)
        return is_new

    def _record_row(self, record: NormalisedRecord, number: int) -> Mapping[str, Any]:
        payload = record.raw.payload
        self._byte_count += len(payload)
        return {
            "source": self._source,
            "record_type": record.record_type,
            "record_key": record.record_key,
            "updated_at": record.updated_at,
            "origin": record.raw.origin,
            "fetched_at": record.raw.fetched_at,
            "record_hash": hashlib.sha256(payload.encode()).hexdigest(),
            "payload": payload,
            "is_deleted": False,
            "record_number": number,
        }

    def _reject(self, rejection: Rejection, number: int | None) -> None:
        row = {
            "record_type": rejection.record_type,
            "record_key": rejection.record_key,
            "origin": rejection.origin,
            "column_name": rejection.column,
            "reason": rejection.reason,
            "remedy": rejection.remedy,
            **_volume(rejection),
            "record_number": number,
        }
        self._append("rejected_records", {"source": self._source, "kind": self._kind, **row})

    def _note(self, notice: Notice, number: int) -> None:
        row = {
            "notice_code": notice.code,
            "record_type": notice.record_type,
            "record_key": notice.record_key,
            "origin": notice.origin,
            "message": notice.message,
            "remedy": notice.remedy,
            **_volume(notice),
            "record_number": number,
        }
        self._append("source_notices", {"source": self._source, "kind": self._kind, **row})

    def _append(self, table: str, row: Mapping[str, Any]) -> None:
        self._rows[table].append(row)
        self._row_count += 1

    def _emptied(self) -> Iterator[Batch]:
        for table, rows in self._rows.items():
            columns = LANDING_TABLES[table]
            arrays = [pa.array(_scaled([row.get(name) for row in rows], kind), kind)
                      for name, kind in zip(columns.names, columns.types, strict=True)]  # fmt: skip
            yield table, pa.Table.from_arrays(arrays, schema=columns)
        self._rows.clear()
        self._row_count = self._byte_count = 0


def _landed(table: str, values: Mapping[str, Any]) -> pa.Table:
    """Return columns as the table lands; a single value stands in every row, null where none is."""
    schema = LANDING_TABLES[table]
    count = len(values["record_number"])
    arrays = []
    for name, kind in zip(schema.names, schema.types, strict=True):
        value: Any = values.get(name)
        is_column = isinstance(value, pa.Array)
        arrays.append(value.cast(kind) if is_column else pa.repeat(pa.scalar(value, kind), count))
    return pa.Table.from_arrays(arrays, schema=schema)


def _hashes(payloads: pa.Array) -> pa.Array:
    texts = payloads.cast(pa.binary()).to_pylist()
    return pa.array([hashlib.sha256(text).hexdigest() for text in texts], pa.string())


def _at(columns: Mapping[str, Any], place: int) -> dict[str, Any]:
    """Return the values of one row."""
    return {
        name: value[place].as_py() if isinstance(value, pa.Array) else value
        for name, value in columns.items()
    }


def _volume(remark: Rejection | Notice) -> Mapping[str, Any]:
    """Return what is missing; a volume that no record has is itself what is wrong."""
    if abs(remark.volume) < _MOST:
        return {"volume": remark.volume, "volume_unit": remark.volume_unit}
    return {"volume": 1, "volume_unit": "records"}


def _require_fitting(record: NormalisedRecord) -> None:
    """Refuse a record with a value that its column cannot hold.

    Raises:
        RecordError: Names the column.
    """
    for table, values in record.rows:
        usual, fitting = _USUAL[table], _FITTING[table]
        for name, value in values.items():
            if value is not None and type(value) is not usual[name] and not fitting[name](value):
                reason = f"{str(value)[:40]!r} is not what the column holds, or too long"
                raise RecordError(
                    Rejection(record.record_type, record.record_key, record.raw.origin, name,
                              reason, "correct it there and export it again")
                )  # fmt: skip


def _fitting(kind: pa.DataType) -> Callable[[Any], bool]:
    """Return what says whether a value fits a column: its type, 64 bits, digits enough."""
    if pa.types.is_integer(kind):
        return lambda value: type(value) is int and -(2**63) <= value < 2**63
    if pa.types.is_decimal(kind):
        most = Decimal(10) ** (kind.precision - kind.scale) - 1
        return lambda value: type(value) is Decimal and value.is_finite() and abs(value) < most
    return lambda value: False


def _usual(kind: pa.DataType) -> type | None:
    """Return the type whose values all fit; None where their size counts too."""
    if pa.types.is_timestamp(kind):
        return datetime
    if pa.types.is_date(kind):
        return date
    if pa.types.is_boolean(kind):
        return bool
    return str if pa.types.is_string(kind) else None


_FITTING: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    table: {field.name: _fitting(field.type) for field in columns}
    for table, columns in LANDING_TABLES.items()
}
_USUAL: Mapping[str, Mapping[str, type | None]] = {
    table: {field.name: _usual(field.type) for field in columns}
    for table, columns in LANDING_TABLES.items()
}


def _scaled(values: list[Any], kind: pa.DataType) -> list[Any]:
    """Return the values as their column holds them: decimals with its places, rounded half up.

    Vendors write amounts from binary fractions, with more places than any of them means.
    """
    if not pa.types.is_decimal(kind):
        return values
    place = Decimal(1).scaleb(-kind.scale)
    return [
        None if each is None else Decimal(each).quantize(place, ROUND_HALF_UP, _WIDE)
        for each in values
    ]
