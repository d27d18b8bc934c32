"""The header of a table against the columns of its contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from capstream.company.inputs.raw_table import RawTable
from capstream.company.inputs.row import InputRow, columns_of
from capstream.documents.wording import nearest
from capstream.errors import Problem


def header_problems(raw: RawTable, model: type[InputRow]) -> list[Problem]:
    """Return what is wrong with the header: columns missing, misspelt, twice or without a name."""
    names = [name.strip() for name in raw.names]
    return [
        *_duplicates(raw, names),
        *_nameless(raw, names),
        *_missing(raw, names, model),
    ]


def columns_by_name(raw: RawTable) -> dict[str, pa.DictionaryArray]:
    """Return the columns of the table by their stripped header."""
    return {name.strip(): column for name, column in zip(raw.names, raw.columns, strict=True)}


def _duplicates(raw: RawTable, names: Sequence[str]) -> list[Problem]:
    return [
        Problem(
            raw.file,
            raw.header_row,
            name,
            f"column {name} stands {count} times in the header",
            "keep one of them",
        )
        for name, count in Counter(names).items()
        if name and count > 1
    ]


def _nameless(raw: RawTable, names: Sequence[str]) -> list[Problem]:
    return [
        Problem(
            raw.file,
            raw.header_row,
            str(position),
            f"column number {position} has values but no header",
            "name it, or delete it",
        )
        for position, (name, column) in enumerate(zip(names, raw.columns, strict=True), start=1)
        if not name and column.null_count < len(column)
    ]


def _missing(raw: RawTable, names: Sequence[str], model: type[InputRow]) -> list[Problem]:
    columns = columns_of(model)
    unknown = [name for name in names if name and name not in {column.name for column in columns}]
    problems = []
    for column in columns:
        if column.is_required and column.name not in names:
            written = nearest(column.name, unknown)
            remedy = f"rename column {written} to {column.name}" if written else "add the column"
            message = f"required column {column.name} is missing"
            problems.append(Problem(raw.file, raw.header_row, column.name, message, remedy))
    return problems
