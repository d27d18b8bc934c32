"""Arrow batches of what the records became, small enough to hold in memory."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from capstream.connectors.records import (
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

    def filled(
        self, records: Iterable[RawRecord | Rejection], normaliser: Normaliser
    ) -> Iterator[Batch]:
        """Normalise a stream of records into batches, one table at a time."""
        for record in records:
            self._record_number += 1
            self._add(record, normaliser)
            if self._row_count >= BATCH_ROWS or self._byte_count >= BATCH_BYTES:
                yield from self._emptied()
        yield from self._emptied()

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
            "volume": rejection.volume,
            "volume_unit": rejection.volume_unit,
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
            "volume": notice.volume,
            "volume_unit": notice.volume_unit,
            "record_number": number,
        }
        self._append("source_notices", {"source": self._source, "kind": self._kind, **row})

    def _append(self, table: str, row: Mapping[str, Any]) -> None:
        self._rows[table].append(row)
        self._row_count += 1

    def _emptied(self) -> Iterator[Batch]:
        for table, rows in self._rows.items():
            columns = LANDING_TABLES[table]
            arrays = [pa.array([row.get(name) for row in rows], columns.field(name).type)
                      for name in columns.names]  # fmt: skip
            yield table, pa.Table.from_arrays(arrays, schema=columns)
        self._rows.clear()
        self._row_count = self._byte_count = 0


def _require_fitting(record: NormalisedRecord) -> None:
    """Refuse a record with a number that its column cannot hold.

    Raises:
        RecordError: Names the column.
    """
    for table, values in record.rows:
        columns = LANDING_TABLES[table]
        for name, value in values.items():
            if not _fits(value, columns.field(name).type):
                reason, remedy = f"the number {str(value)[:40]} is too long", "correct it there"
                raise RecordError(
                    Rejection(
                        record.record_type,
                        record.record_key,
                        record.raw.origin,
                        name,
                        reason,
                        remedy,
                    )
                )


def _fits(value: Any, kind: pa.DataType) -> bool:
    """Say whether a number fits: 64 bits, or as many digits as the column has."""
    if pa.types.is_integer(kind) and isinstance(value, int):
        return -(2**63) <= value < 2**63
    if pa.types.is_decimal(kind) and isinstance(value, Decimal):
        return value.is_finite() and _is_exact(value, kind)
    return True


def _is_exact(value: Decimal, kind: pa.DataType) -> bool:
    try:
        pa.array([Decimal(0), value], kind)
    except pa.ArrowInvalid:
        return False
    return True
