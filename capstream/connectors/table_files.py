"""CSV and Parquet files, streamed in blocks of rows with the place of each."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from capstream.connectors.records import RawRecord, Rejection
from capstream.errors import InputError, Problem

_EXPORT_AGAIN = "export the file again"
_BLOCK_ROWS = 20_000

csv.field_size_limit(16_000_000)

write_json = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode
"""How a row, or a cell of it, stands in a payload."""


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows of a file that follow each other, by column.

    Attributes:
        file: How records name the file.
        numbers: Line of each row in a CSV file, its number in a Parquet file.
        rows: The cells; those of a CSV file are texts, trimmed.
    """

    file: str
    numbers: Sequence[int]
    rows: pa.RecordBatch

    def records(self) -> Iterator[RawRecord]:
        """Yield each row with its place."""
        for number, values in zip(self.numbers, self.rows.to_pylist(), strict=True):
            yield row_record(values, f"{self.file}:{number}")

    def kept(self, positions: Sequence[int]) -> RowBlock:
        """Return the block of some of its rows."""
        numbers = [self.numbers[position] for position in positions]
        return RowBlock(self.file, numbers, self.rows.take(pa.array(positions, pa.int64())))


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
    for each in table_blocks(path, name):
        yield from (each,) if isinstance(each, Rejection) else each.records()


def table_blocks(path: Path, name: str) -> Iterator[RowBlock | Rejection]:
    """Stream the same rows in blocks; a line that is no row stands between two of them.

    Raises:
        InputError: The file is damaged.
    """
    return _parquet_blocks(path, name) if path.suffix == ".parquet" else _csv_blocks(path, name)


def row_record(values: Mapping[str, Any], origin: str) -> RawRecord:
    """Return a row with its JSON text as payload."""
    return RawRecord(origin, write_json(values), values)


def _csv_blocks(path: Path, name: str) -> Iterator[RowBlock | Rejection]:
    numbers: list[int] = []
    rows: list[list[str]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            header = [column.strip() for column in next(reader, [])]
            for cells in reader:
                trimmed = [cell.strip() for cell in cells]
                if not any(trimmed):
                    continue
                is_row = len(cells) == len(header)
                if is_row:
                    numbers.append(reader.line_num)
                    rows.append(trimmed)
                if rows and (len(rows) == _BLOCK_ROWS or not is_row):
                    yield _csv_block(name, header, numbers, rows)
                    numbers, rows = [], []
                if not is_row:
                    yield _uneven(header, cells, f"{name}:{reader.line_num}")
        except (UnicodeDecodeError, csv.Error) as error:
            raise _unreadable(name, str(error), reader.line_num) from error
    if rows:
        yield _csv_block(name, header, numbers, rows)


def _csv_block(
    name: str, header: list[str], numbers: Sequence[int], rows: Sequence[Sequence[str]]
) -> RowBlock:
    """Return rows of texts by column; of two columns of one name the last holds."""
    columns = list(zip(*rows, strict=True))
    places = {column: place for place, column in enumerate(header)}
    cells = [pa.array(columns[place], pa.string()) for place in places.values()]
    return RowBlock(name, numbers, pa.RecordBatch.from_arrays(cells, names=list(places)))


def _uneven(header: list[str], cells: list[str], origin: str) -> Rejection:
    reason = f"the row has {len(cells)} cells, the header {len(header)}"
    return Rejection("unknown", None, origin, "", reason, _EXPORT_AGAIN)


def _parquet_blocks(path: Path, name: str) -> Iterator[RowBlock]:
    read = 0
    try:
        for batch in _parquet(path, name).iter_batches(batch_size=_BLOCK_ROWS):
            batch.validate(full=True)
            yield RowBlock(name, range(read + 1, read + 1 + batch.num_rows), batch)
            read += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(name, str(error), read) from error


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
