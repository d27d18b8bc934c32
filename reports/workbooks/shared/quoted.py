"""Figures quoted in sentences, each with the cell in which it stands."""

from __future__ import annotations

from collections.abc import Callable

from reports.formulas import as_number
from reports.layout import Book, column_letters


def place_of(book: Book, block: str, column: str, row: int) -> str:
    """Return sheet and address of a cell, row -1 for the total: `Changes!F7`."""
    sheet, at, index = book.position(block, column, row)
    return f"{sheet}!{column_letters(index)}{at + 1}"


def largest(
    book: Book, block: str, column: str, size: Callable[[float], float] = abs
) -> tuple[int, float] | None:
    """Return row and value of the largest number of a column; nothing where all are zero.

    Args:
        book: The workbook, its cells known.
        block: A table.
        column: A column of numbers; words in it count as nothing.
        size: What makes a number large.
    """
    values = [
        float(as_number(value)) if is_number(value) else 0.0 for value in book.column(block, column)
    ]
    row = max(range(len(values)), key=lambda place: (size(values[place]), -place))
    return (row, values[row]) if values[row] else None


def is_number(value: object) -> bool:
    """Return whether a cell holds a number instead of words or nothing."""
    return value is not None and not isinstance(value, (str, bool))
