"""All input tables of a company folder, typed, with every problem at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from capstream.company.inputs.conversion import typed_table
from capstream.company.inputs.files import find_tables
from capstream.company.inputs.input_tables import InputTables
from capstream.company.inputs.registry import INPUT_TABLES
from capstream.company.inputs.row import schema_of
from capstream.company.inputs.row_rules import row_problems
from capstream.company.inputs.text_kinds import weekday_hours
from capstream.errors import Problem

WEEKDAY_COLUMNS = tuple(f"hours_{day}" for day in range(1, 8))
WEEKDAY_TYPE = pa.decimal128(9, 4)


def load_inputs(root: Path) -> tuple[InputTables, list[Problem]]:
    """Read and validate the tables in `inputs/` of a company.

    Args:
        root: The company folder.

    Returns:
        The tables and every problem found, sorted by place. With problems, the tables serve
        further checks only: cells that could not be read are null in them.
    """
    found = find_tables(root)
    problems = list(found.problems)
    tables = {}
    for name, model in INPUT_TABLES.items():
        raw = found.tables.get(name)
        if raw is None:
            tables[name] = schema_of(model).empty_table()
        else:
            tables[name], findings = typed_table(raw, model)
            problems += findings + row_problems(tables[name], model)
    tables["people"] = _with_resolved_calendar(tables["people"])
    inputs = InputTables(tables=tables, present=frozenset(found.files), files=found.files)
    return inputs, sorted(set(problems))


def _with_resolved_calendar(people: pa.Table) -> pa.Table:
    """Fill the calendar with the country of work and spread the weekday pattern over columns."""
    place = people.schema.get_field_index("calendar")
    calendar = pc.coalesce(people.column("calendar"), people.column("work_country"))
    people = people.set_column(place, people.schema.field(place), calendar)
    patterns: list[list[Decimal | None]] = [
        list(weekday_hours(text)) if text else [None] * len(WEEKDAY_COLUMNS)
        for text in people.column("weekday_hours").to_pylist()
    ]
    place = people.schema.get_field_index("input_file")
    for day, name in enumerate(WEEKDAY_COLUMNS):
        hours = pa.array([pattern[day] for pattern in patterns], WEEKDAY_TYPE)
        people = people.add_column(place + day, pa.field(name, WEEKDAY_TYPE), hours)
    return people
