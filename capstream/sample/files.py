"""Writing the sample's files: the same bytes for the same records, each whole or not at all."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

Row = Sequence[object]


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8."""
    _replace(path, text.encode())


def write_csv(path: Path, header: str, rows: Iterable[Row]) -> None:
    """Write a table under its header line; None becomes an empty cell."""
    buffer = io.StringIO(f"{header}\n")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    _replace(path, buffer.getvalue().encode())


def write_json_lines(path: Path, objects: Iterable[object]) -> None:
    """Write one JSON object a line, compressed without a time stamp."""
    lines = (json.dumps(o, ensure_ascii=False, separators=(",", ":")) for o in objects)
    text = "".join(f"{line}\n" for line in lines)
    _replace(path, gzip.compress(text.encode(), compresslevel=6, mtime=0))


def write_parquet(path: Path, schema: pa.Schema, rows: Iterable[dict[str, object]]) -> None:
    """Write a table with fixed types."""
    table = pa.Table.from_pylist(list(rows), schema=schema)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    _replace(path, sink.getvalue())


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.partial")
    beside.write_bytes(content)
    beside.replace(path)
