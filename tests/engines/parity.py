"""Two warehouses compared relation by relation: counts and text exactly, floats to 1e-9."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import duckdb

from capstream.warehouse.engines import tables_of

RELATIVE = 1e-9
"""How far floats of two engines may lie apart (rulings 3); all else is equal or wrong."""

Row = tuple[Any, ...]


def differences(
    ours: duckdb.DuckDBPyConnection, theirs: duckdb.DuckDBPyConnection, schemas: Iterable[str]
) -> list[str]:
    """Return one line per relation whose rows differ, with the first row that does."""
    found = []
    for schema in schemas:
        for table, columns in sorted(tables_of(ours, schema).items()):
            names = [column.name for column in columns]
            place = f"{schema}.{table}"
            told = difference(_rows(ours, place, names), _rows(theirs, place, names), names)
            if told:
                found.append(f"{place}: {told}")
    return found


def difference(ours: Sequence[Row], theirs: Sequence[Row], names: Sequence[str]) -> str:
    """Say how two lists of rows differ; empty when they agree."""
    if len(ours) != len(theirs):
        return f"{len(ours)} rows against {len(theirs)}"
    for left, right in zip(sorted(ours, key=_order), sorted(theirs, key=_order), strict=True):
        unequal = {
            name: (a, b) for name, a, b in zip(names, left, right, strict=True) if not _agree(a, b)
        }
        if unequal:
            return f"{unequal}"
    return ""


def _rows(connection: duckdb.DuckDBPyConnection, place: str, names: Sequence[str]) -> list[Row]:
    listed = ", ".join(f'"{name}"' for name in names)
    return connection.execute(f"select {listed} from {place}").fetchall()


def _order(row: Row) -> tuple[list[Any], list[float]]:
    """Order by all that must be equal, then by floats, which may lie a little apart."""
    exact = tuple(
        (value is None, "" if isinstance(value, float) else _text(value)) for value in row
    )
    return exact, tuple(value for value in row if isinstance(value, float))


def _text(value: Any) -> str:
    return str(value.normalize() if isinstance(value, Decimal) else value)


def _agree(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=RELATIVE, abs_tol=RELATIVE * 1e-3)
    return bool(left == right)
