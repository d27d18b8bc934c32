"""Comma-separated files, with the physical line of every record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from capstream.company.inputs.raw_table import (
    RawTable,
    UnreadableTable,
    encode_texts,
    unreadable,
)
from capstream.errors import Problem

_ENCODING_REMEDY = "save the file as CSV in UTF-8"
_OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK": "a zip or Excel file"}
_BYTES_LIMIT = 2_000_000_000


def read_csv(path: Path, file: str) -> RawTable:
    """Read a UTF-8 file, with or without byte order mark, separated by commas.

    Args:
        path: The file.
        file: Its label in problems.

    Raises:
        UnreadableTable: Wrong encoding or separator, broken quotes, no header, or rows whose
            number of values differs from the header's.
    """
    if path.stat().st_size > _BYTES_LIMIT:
        raise unreadable(file, "the file is over 2 GB", "write it as Parquet, or split off years")
    records = list(_records(_decoded(path, file), file))
    if not records:
        raise unreadable(file, "the file is empty", "write the header line, or delete the file")
    header_row, names = records[0]
    _require_commas(names, file, header_row)
    body = records[1:]
    _require_even_rows(body, len(names), file)
    cells = zip(*(values for _, values in body), strict=True) if body else ([] for _ in names)
    return RawTable(
        file=file,
        header_row=header_row,
        names=names,
        columns=[encode_texts(column) for column in cells],
        rows=np.fromiter((row for row, _ in body), np.int64, len(body)),
    )


def _decoded(path: Path, file: str) -> str:
    content = path.read_bytes()
    for mark, encoding in _OTHER_ENCODINGS.items():
        if content.startswith(mark):
            raise unreadable(file, f"the file is {encoding}, not UTF-8 text", _ENCODING_REMEDY)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02X} is not UTF-8"
        raise unreadable(file, message, _ENCODING_REMEDY, row=row) from error
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        raise unreadable(file, "the file holds a NUL character", _ENCODING_REMEDY, row=row)
    return text


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line on which it starts; rows without a value are none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    while True:
        try:
            values = next(reader, None)
        except csv.Error as error:
            remedy = "close every quote, and double a quote inside quotes"
            raise unreadable(file, f"the quoting is broken ({error})", remedy, row=start) from error
        if values is None:
            return
        if any(values):
            yield start, values
        start = reader.line_num + 1


def _require_commas(names: list[str], file: str, header_row: int) -> None:
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and separator in names[0]:
            message = f"the columns are separated by {name}"
            raise unreadable(file, message, "save the file with commas", row=header_row)


def _require_even_rows(body: list[tuple[int, list[str]]], width: int, file: str) -> None:
    problems = [
        Problem(
            file,
            row,
            "",
            f"the row has {len(values)} values, the header {width}",
            "give every column a value or an empty cell, and quote values that hold commas",
        )
        for row, values in body
        if len(values) != width
    ]
    if problems:
        raise UnreadableTable(problems)
