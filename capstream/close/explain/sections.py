"""An explanation as it is told: sections of rows, from the number down to the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Section:
    """One step of an explanation.

    Attributes:
        title: What the rows are, in a few words.
        columns: Names of the columns.
        rows: The rows, in a fixed order.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that stands behind an id.

    Attributes:
        identifier: The id that was asked for.
        kind: What it names: `journal line`, `person and month`, …
        sections: The way down, nearest first.
    """

    identifier: str
    kind: str
    sections: tuple[Section, ...]


def section(
    connection: duckdb.DuckDBPyConnection, title: str, statement: str, parameters: Sequence[object]
) -> Section:
    """Ask the warehouse for the rows of a section."""
    answer = connection.execute(statement, list(parameters))
    columns = tuple(str(column[0]) for column in answer.description or ())
    return Section(title, columns, tuple(answer.fetchall()))
