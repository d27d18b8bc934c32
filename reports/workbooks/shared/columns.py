"""Short ways to describe the usual columns, and tables that may have nothing to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.formulas import ColumnTotal
from reports.spec import Column, Formula, Kind, Table, Unit, Value
from reports.workbooks.shared.facts import NONE_ROW


def text(key: str, header: str, values: Iterable[Value | Formula], width: float = 0) -> Column:
    """Describe a column of imported text."""
    return Column(key, header, Unit.TEXT, tuple(values), width=width, is_wrapped=width >= 40)


def in_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes as people read them: `stock_compensation` → `stock compensation`."""
    return tuple(code.replace("_", " ") for code in codes)


def linked(
    key: str,
    header: str,
    values: Sequence[Value | Formula],
    links: Sequence[str],
    width: float = 22,
) -> Column:
    """Describe a column of short text that leads to its evidence."""
    return Column(key, header, Unit.TEXT, tuple(values), links=tuple(links), width=width)


def fact(
    key: str,
    header: str,
    unit: Unit,
    values: Sequence[Value | Formula],
    *,
    is_totalled: bool = False,
    width: float = 0,
) -> Column:
    """Describe a column of imported numbers or dates."""
    total = ColumnTotal(key) if is_totalled else None
    return Column(key, header, unit, tuple(values), total=total, width=width)


def calculated(
    key: str,
    header: str,
    unit: Unit,
    formula: Formula,
    *,
    total: Formula | None = None,
    is_totalled: bool = False,
    width: float = 0,
) -> Column:
    """Describe a column with one formula for all rows."""
    foot = ColumnTotal(key) if is_totalled else total
    return Column(key, header, unit, None, formula, Kind.CALCULATED, total=foot, width=width)


def stated_where(column: Column, *needed: Column) -> Column:
    """Return a calculated column that stays empty where a fact that it needs is unknown.

    Args:
        column: A column with one formula for all rows.
        needed: Columns of imported values of the same length.
    """
    rows = zip(*(each.values or () for each in needed), strict=True)
    values = tuple(None if None in row else column.formula for row in rows)
    return replace(column, values=values, formula=None)


def entry(
    key: str, header: str, length: int, choices: Sequence[str] = (), width: float = 16
) -> Column:
    """Describe a column that people fill in."""
    return Column(
        key,
        header,
        Unit.TEXT,
        (None,) * length,
        kind=Kind.INPUT,
        choices=tuple(choices),
        width=width,
        is_wrapped=True,
    )


def filled(table: Table) -> Table:
    """Return the table with at least one row: a table without a body is no table.

    The one row of an empty table says so in its first column; numbers are zero.
    """
    if table.length > 0:
        return table
    columns = [
        replace(column, values=(_nothing(column, index),), units=(), links=())
        if column.values is not None
        else column
        for index, column in enumerate(table.columns)
    ]
    return replace(table, columns=tuple(columns), length=1, keys=())


def _nothing(column: Column, index: int) -> Value:
    if column.kind is Kind.INPUT or column.unit in {Unit.DATE, Unit.MONTH}:
        return None
    if column.unit is Unit.TEXT:
        return NONE_ROW
    return "-" if column.unit is Unit.STATUS else 0
