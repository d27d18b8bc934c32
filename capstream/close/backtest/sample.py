"""The sample that a back-test is made from: timesheets, or what a manager says of some months."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, ClassVar

import pyarrow as pa

from capstream.company.inputs.cells import Date, Key, MonthKey, QuantityFromZero, Share
from capstream.company.inputs.conversion import typed_table
from capstream.company.inputs.csv_reader import read_csv
from capstream.company.inputs.parquet_reader import read_parquet
from capstream.company.inputs.raw_table import RawTable, UnreadableTable
from capstream.company.inputs.row import InputRow
from capstream.company.inputs.row_rules import row_problems
from capstream.company.inputs.text_kinds import choice
from capstream.documents.wording import suggestion
from capstream.errors import InputError, Problem, UsageError

_READERS = {".csv": read_csv, ".parquet": read_parquet}


class SampleLine(InputRow):
    """What a person did on a day or in a month, as somebody wrote it down."""

    one_of: ClassVar = (("work_date", "month"), ("hours", "share"))
    any_of: ClassVar = (("work_item_key", "component_id", "value_stream_id", "treatment"),)

    person_id: Key
    work_date: Date | None = None
    month: MonthKey | None = None
    work_item_key: Key | None = None
    component_id: Key | None = None
    value_stream_id: Key | None = None
    treatment: Annotated[str, choice("capex", "opex")] | None = None
    hours: QuantityFromZero | None = None
    share: Share | None = None


def read_sample(path: Path) -> pa.Table:
    """Read a sample from a CSV or Parquet file.

    Args:
        path: The file. A timesheet has `work_date` and `hours` in each row, a manager's sample
            `month` and `share`; both name the person and an item, component, value stream or
            treatment.

    Returns:
        The rows in the schema of `SampleLine`.

    Raises:
        UsageError: There is no such file, or it is of another kind.
        InputError: Rows are wrong; every problem with its row and column.
    """
    if path.suffix not in _READERS or not path.is_file():
        raise UsageError(f"{path} is no sample: name a .csv or .parquet file that exists")
    table, problems = typed_table(_read(path), SampleLine)
    problems += row_problems(table, SampleLine)
    if not problems and not table.num_rows:
        problems = [Problem(path.name, 0, "", "the sample has no rows", "write at least one")]
    if problems:
        raise InputError(problems)
    return table


def person_problems(sample: pa.Table, known: set[str]) -> Iterator[Problem]:
    """Name the rows whose person the company does not know."""
    places = zip(*(sample.column(name).to_pylist() for name in _PLACE), strict=True)
    for person_id, file, row in places:
        if person_id not in known:
            message = f"person {person_id!r} is not in people"
            yield Problem(file, row, "person_id", message, suggestion(person_id, known))


_PLACE = ("person_id", "input_file", "input_row")


def _read(path: Path) -> RawTable:
    try:
        return _READERS[path.suffix](path, path.name)
    except UnreadableTable as reason:
        raise InputError(reason.problems) from reason
