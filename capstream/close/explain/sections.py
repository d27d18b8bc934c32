"""An explanation as it is told: sections of rows, from the number down to the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from capstream.close.explain.footing import UNSUMMED, Footing, footed


@dataclass(frozen=True, slots=True)
class Section:
    """One step of an explanation.

    Attributes:
        title: What the rows are, in a few words.
        columns: Names of the columns.
        rows: The rows, in a fixed order.
        footing: What of the rows adds up.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    footing: Footing = UNSUMMED

    def totals(self, after: int = 0) -> tuple[dict[str, object], ...]:
        """Return the sums of all rows, or of those after the first ones."""
        rest = (dict(zip(self.columns, row, strict=True)) for row in self.rows[after:])
        return footed(rest, self.footing)


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
    connection: duckdb.DuckDBPyConnection,
    title: str,
    statement: str,
    parameters: Sequence[object],
    *,
    footing: Footing = UNSUMMED,
) -> Section:
    """Ask the warehouse for the rows of a section."""
    answer = connection.execute(statement, list(parameters))
    columns = tuple(str(column[0]) for column in answer.description or ())
    return Section(title, columns, tuple(answer.fetchall()), footing)


def sections_of(
    connection: duckdb.DuckDBPyConnection,
    steps: Iterable[tuple[str, str, Footing]],
    parameters: Sequence[object],
) -> tuple[Section, ...]:
    """Ask the warehouse for several sections: title, statement and what adds up in each."""
    return tuple(
        section(connection, title, statement, parameters, footing=footing)
        for title, statement, footing in steps
    )
