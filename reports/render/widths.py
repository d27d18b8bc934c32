"""How wide each column of a sheet must be, so that nothing is cut and no `####` shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.layout import Book
from reports.spec import Column, Kind, Prose, Sheet, Table, Unit, Value

FIRST_COLUMN = 20
"""Least width of column A: the master status stands in it on every sheet."""
WIDEST = 60
_SEEN_ROWS = 400
_LETTER = 0.92
"""Width of a letter on average; columns are measured in digits."""
_DIGITS = {Unit.MONEY: 3, Unit.HOURS: 3, Unit.RATE: 9, Unit.FTE: 4, Unit.RATIO: 0}


def column_widths(sheet: Sheet, book: Book) -> list[float]:
    """Return the width of each used column in characters, at most 60."""
    tables = [block for block in sheet.blocks if not isinstance(block, Prose)]
    count = max((len(table.columns) for table in tables), default=1)
    widths = [9.0] * count
    for table in tables:
        for index, column in enumerate(table.columns):
            widths[index] = max(widths[index], _width(table, column, book))
    widths[0] = max(widths[0], FIRST_COLUMN)
    return widths


def wrapping(table: Table, widths: list[float], book: Book) -> Table:
    """Return a table whose text columns wrap where a fixed width would cut them; long ones stay.

    Args:
        table: The table.
        widths: Widths of the sheet's columns, in characters.
        book: Knows the values.
    """
    if table.length > _SEEN_ROWS:
        return table
    columns = tuple(
        replace(column, is_wrapped=True) if _is_cut(table, column, width, book) else column
        for column, width in zip(table.columns, widths, strict=False)
    )
    return replace(table, columns=columns)


def _is_cut(table: Table, column: Column, width: float, book: Book) -> bool:
    if column.unit is not Unit.TEXT or column.links or column.kind is not Kind.IMPORTED:
        return False
    values = book.column(table.name, column.key)
    return any(isinstance(value, str) and len(value) * _LETTER > width for value in values)


def _width(table: Table, column: Column, book: Book) -> float:
    if column.width:
        return column.width
    values = _sampled(book.column(table.name, column.key))
    if column.total is not None and table.total_label:
        values.append(book.total(table.name, column.key))
    longest = max(
        (
            len(_shown(value, column.unit_at(min(row, table.length - 1))))
            for row, value in enumerate(values)
        ),
        default=0,
    )
    word = max((len(part) for part in column.header.split()), default=0)
    return min(float(max(longest + 3, word + 4, 10)), WIDEST)


def _sampled(values: tuple[Value, ...]) -> list[Value]:
    """Return the first rows and the extremes of the rest: a width needs no more."""
    numbers = [value for value in values[_SEEN_ROWS:] if isinstance(value, (Decimal, int))]
    extremes: list[Value] = [max(numbers), min(numbers)] if numbers else []
    return [*values[:_SEEN_ROWS], *extremes]


def _shown(value: Value, unit: Unit) -> str:
    """Return about what the reader will see."""
    if isinstance(value, Decimal | int):
        if unit is Unit.RATIO:
            return f"{value:.1%}"
        if unit is Unit.POINTS:
            return f"{value:+.1f} pts"
        return f"({abs(value):,.{max(_DIGITS.get(unit, 0) - 1, 0)}f})"
    if isinstance(value, date):
        return "0000-00-00"
    return "" if value is None else str(value)
