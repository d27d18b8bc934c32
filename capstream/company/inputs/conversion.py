"""From a table of text to a typed table: each distinct text of a column is read once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from capstream.company.inputs.headers import columns_by_name, header_problems
from capstream.company.inputs.kinds import CellError
from capstream.company.inputs.raw_table import RawTable
from capstream.company.inputs.row import InputColumn, InputRow, columns_of, schema_of
from capstream.errors import Problem

PROBLEMS_LIMIT = 1000
"""Most problems that are listed for one column; the rest is counted."""


def typed_table(raw: RawTable, model: type[InputRow]) -> tuple[pa.Table, list[Problem]]:
    """Read every cell by the kind of its column.

    Returns:
        The table in the model's schema, and every problem of header and cells. Where there are
        problems, the cells they name are null, so that further checks can go on.
    """
    problems = header_problems(raw, model)
    by_name = columns_by_name(raw)
    arrays = []
    for column in columns_of(model):
        encoded = by_name.get(column.name)
        if encoded is None:
            arrays.append(pa.nulls(len(raw.rows), column.kind.arrow_type))
        else:
            array, findings = _typed_column(raw, column, encoded)
            arrays.append(array)
            problems.extend(findings)
        if column.default is not None:
            arrays[-1] = pc.fill_null(arrays[-1], pa.scalar(column.default, arrays[-1].type))
    provenance = [pa.array([raw.file] * len(raw.rows), pa.string()), pa.array(raw.rows, pa.int32())]
    return pa.Table.from_arrays([*arrays, *provenance], schema=schema_of(model)), problems


def _typed_column(
    raw: RawTable, column: InputColumn, encoded: pa.DictionaryArray
) -> tuple[pa.Array, list[Problem]]:
    values, errors = _read_distinct(column, encoded.dictionary.to_pylist())
    findings = _by_limit(_cell_problems(raw, column, encoded, errors), raw, column)
    array = pa.array(values, column.kind.arrow_type).take(encoded.indices)
    return array, findings


def _read_distinct(column: InputColumn, texts: list[str]) -> tuple[list[Any], dict[int, CellError]]:
    values: list[Any] = []
    errors: dict[int, CellError] = {}
    read = column.kind.read
    for position, text in enumerate(texts):
        try:
            values.append(read(text))
        except CellError as error:
            errors[position] = error
            values.append(None)
    return values, errors


def _cell_problems(
    raw: RawTable,
    column: InputColumn,
    encoded: pa.DictionaryArray,
    errors: dict[int, CellError],
) -> Iterator[Problem]:
    indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    if column.is_required and encoded.null_count:
        for place in np.flatnonzero(indices == -1):
            yield Problem(
                raw.file, int(raw.rows[place]), column.name, "the value is missing", "fill it in"
            )
    if errors:
        for place in np.flatnonzero(np.isin(indices, list(errors))):
            error = errors[int(indices[place])]
            yield Problem(raw.file, int(raw.rows[place]), column.name, str(error), error.remedy)


def _by_limit(problems: Iterator[Problem], raw: RawTable, column: InputColumn) -> list[Problem]:
    """Return the first problems, and one that counts the rest of the column."""
    listed = list(islice(problems, PROBLEMS_LIMIT))
    rest = sum(1 for _ in problems)
    if rest:
        message = f"{rest:,} more rows have problems like the {PROBLEMS_LIMIT:,} listed"
        remedy = "correct how the file is written"
        listed.append(Problem(raw.file, raw.header_row, column.name, message, remedy))
    return listed
