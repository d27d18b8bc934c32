"""Parquet files: typed columns, brought to the text that a CSV file would hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from capstream.company.inputs.raw_table import RawTable, normalised, unreadable

_ROWS_LIMIT = 50_000_000


def read_parquet(path: Path, file: str) -> RawTable:
    """Read a Parquet file; its first record is row 2, as if a header stood above it.

    Args:
        path: The file.
        file: Its label in problems.

    Raises:
        UnreadableTable: The file is no Parquet, is too large, or a column is nested.
    """
    try:
        source = pq.ParquetFile(path)
        if source.metadata.num_rows > _ROWS_LIMIT:
            raise unreadable(file, "the file has over 50 million rows", "split off earlier years")
        table = source.read()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        reason = str(error).splitlines()[0]
        remedy = "write the table again as Parquet or CSV"
        raise unreadable(file, f"the file cannot be read as Parquet ({reason})", remedy) from error
    return RawTable(
        file=file,
        header_row=1,
        names=table.column_names,
        columns=[
            _encoded(column.combine_chunks(), name, file)
            for name, column in zip(table.column_names, table.columns, strict=True)
        ],
        rows=np.arange(2, table.num_rows + 2, dtype=np.int64),
    )


def _encoded(column: pa.Array, name: str, file: str) -> pa.DictionaryArray:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        remedy = "write text; a list is one text separated by ';'"
        raise unreadable(file, f"column {name} has the type {column.type}", remedy, row=1)
    if pa.types.is_null(column.type):
        column = column.cast(pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    texts = [None if value is None else cell_text(value) for value in column.dictionary.to_pylist()]
    return normalised(column, texts)


def cell_text(value: Any) -> str:
    """Write a typed cell the way a CSV file would hold it.

    A time keeps its offset; without one none is invented, so that validation refuses it.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case float() | Decimal():
            return _number_text(Decimal(repr(value)) if isinstance(value, float) else value)
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            is_day = moment.tzinfo is None and moment.time() == datetime.min.time()
            return moment.date().isoformat() if is_day else moment.isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _number_text(number: Decimal) -> str:
    if not number.is_finite():
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
