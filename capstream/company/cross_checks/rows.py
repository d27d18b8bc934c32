"""Rows of input tables as the cross checks walk them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pyarrow as pa

from capstream.company.inputs.input_tables import InputTables
from capstream.errors import Problem
from capstream.types import Month

OPEN_END = date.max
"""Stands for an end that is not known yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, so that a problem can name it."""

    file: str
    row: int

    def problem(self, column: str, message: str, remedy: str) -> Problem:
        """Return a problem of this row."""
        return Problem(self.file, self.row, column, message, remedy)


@dataclass(frozen=True, slots=True)
class Spell:
    """One row of people, as far as other tables refer to it."""

    person_id: str
    entity: str
    team: str
    start: date
    end: date
    place: Place

    def touches(self, month: Month) -> bool:
        """Whether any day of the month lies in the spell."""
        return self.start <= month.last_day and self.end >= month.first_day


class Roster:
    """The people of the company and their spells, and the rows of every other table.

    Args:
        inputs: The validated tables; cells that could not be read are None in them.
    """

    def __init__(self, inputs: InputTables) -> None:
        self.inputs = inputs

    @cached_property
    def spells(self) -> dict[str, list[Spell]]:
        """Person → spells in order of their start."""
        spells: dict[str, list[Spell]] = defaultdict(list)
        for place, row in rows_of(self.inputs, "people", "person_id", "entity", "team",
                                  "start_date", "end_date"):  # fmt: skip
            person, entity, team, start, end = row
            if person and start:
                spells[person].append(Spell(person, entity, team, start, end or OPEN_END, place))
        for ordered in spells.values():
            ordered.sort(key=lambda spell: (spell.start, spell.place.row))
        return dict(spells)

    def spells_of(self, person_id: str, month: Month) -> list[Spell]:
        """Return the person's spells that have a day in the month."""
        return [spell for spell in self.spells.get(person_id, []) if spell.touches(month)]

    def paying_entities(self, person_id: str, month: Month) -> set[str]:
        """Return the entities that pay a person in a month.

        Outside every spell it is the entity of the last spell before, else of the first after.
        """
        spells = self.spells_of(person_id, month)
        if not spells and person_id in self.spells:
            before = [one for one in self.spells[person_id] if one.start <= month.last_day]
            spells = before[-1:] or self.spells[person_id][:1]
        return {spell.entity for spell in spells}


def rows_of(
    inputs: InputTables, name: str, *columns: str
) -> Iterator[tuple[Place, tuple[Any, ...]]]:
    """Yield the place and the named cells of every row of a table."""
    table: pa.Table = inputs.tables[name]
    wanted = [table.column(column).to_pylist() for column in columns]
    files = table.column("input_file").to_pylist()
    rows = table.column("input_row").to_pylist()
    for file, row, *cells in zip(files, rows, *wanted, strict=True):
        yield Place(file, row), tuple(cells)


def distinct_rows_of(
    inputs: InputTables, name: str, *columns: str
) -> Iterator[tuple[Place, tuple[Any, ...]]]:
    """Yield each combination of the named cells once, at the first row where it stands.

    A register of two hundred thousand rows names few persons, months and entities.
    """
    table: pa.Table = inputs.tables[name]
    if table.num_rows == 0:
        return
    firsts = (
        table.select([*columns, "input_file", "input_row"])
        .group_by([*columns, "input_file"], use_threads=False)
        .aggregate([("input_row", "min")])
    )
    cells = [firsts.column(column).to_pylist() for column in columns]
    files = firsts.column("input_file").to_pylist()
    rows = firsts.column("input_row_min").to_pylist()
    for file, row, *values in zip(files, rows, *cells, strict=True):
        yield Place(file, row), tuple(values)
