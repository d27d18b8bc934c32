"""CSV and Parquet files, streamed row by row with the place of each."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from capstream.connectors.records import RawRecord, Rejection
from capstream.errors import InputError, Problem

_EXPORT_AGAIN = "export the file again"
_BATCH_ROWS = 20_000

csv.field_size_limit(16_000_000)


def column_names(path: Path, name: str) -> list[str]:
    """Return the columns of a CSV or Parquet file, trimmed.

    Args:
        path: The file.
        name: How problems name it.

    Raises:
        InputError: The file cannot be read as what its ending says.
    """
    if path.suffix == ".parquet":
        return list(_parquet(path, name).schema_arrow.names)
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return [column.strip() for column in next(csv.reader(file), [])]
        except (UnicodeDecodeError, csv.Error) as error:
            raise _unreadable(name, str(error)) from error


def table_rows(path: Path, name: str) -> Iterator[RawRecord | Rejection]:
    """Stream the rows of a CSV or Parquet file; empty text is an empty string.

    Raises:
        InputError: The file is damaged.
    """
    return _parquet_rows(path, name) if path.suffix == ".parquet" else _csv_rows(path, name)


def row_record(values: Mapping[str, Any], origin: str) -> RawRecord:
    """Return a row with its JSON text as payload."""
    payload = json.dumps(values, ensure_ascii=False, default=str, separators=(",", ":"))
    return RawRecord(origin, payload, values)


def _csv_rows(path: Path, name: str) -> Iterator[RawRecord | Rejection]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            header = [column.strip() for column in next(reader, [])]
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _csv_row(header, cells, f"{name}:{reader.line_num}")
        except (UnicodeDecodeError, csv.Error) as error:
            raise _unreadable(name, str(error), reader.line_num) from error


def _csv_row(header: list[str], cells: list[str], origin: str) -> RawRecord | Rejection:
    if len(cells) != len(header):
        reason = f"the row has {len(cells)} cells, the header {len(header)}"
        return Rejection("unknown", None, origin, "", reason, _EXPORT_AGAIN)
    return row_record(dict(zip(header, (cell.strip() for cell in cells), strict=True)), origin)


def _parquet_rows(path: Path, name: str) -> Iterator[RawRecord]:
    number = 0
    try:
        for batch in _parquet(path, name).iter_batches(batch_size=_BATCH_ROWS):
            for values in batch.to_pylist():
                number += 1
                yield row_record(values, f"{name}:{number}")
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(name, str(error), number) from error


def _parquet(path: Path, name: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(name, str(error)) from error


def _unreadable(name: str, reason: str, row: int = 0) -> InputError:
    first_line = (reason.strip().splitlines() or ["damaged"])[0]
    return InputError(
        [Problem(name, row, "", f"the file cannot be read ({first_line})", _EXPORT_AGAIN)]
    )
