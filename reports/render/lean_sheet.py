"""A worksheet that holds a long table in a quarter of the memory: the same cells, kept once.

XlsxWriter keeps each cell until the file is closed (its constant-memory mode takes no tables).
Here equal texts share one record, a row is a list in place of a dictionary, and the cells of a
table are not listed a second time to find overlaps: `layout` places blocks one below the other.
What is written is what XlsxWriter writes, without its questions to each cell: whether a formula
names a function of later programs, and whether a number must be escaped.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import repeat
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

_SHARED = frozenset({CellStringTuple, CellBlankTuple})
"""Records that may be shared. Numbers may not: 0.0 equals -0.0 and is written otherwise."""
_NUMBERS = frozenset({CellNumberTuple, CellDatetimeTuple})
_SPANNED = 16
"""Rows that share one note of their first and last column."""


class LeanSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet for `add_worksheet(worksheet_class=LeanSheet)`; cells go by row and column."""

    write_string = Worksheet.write_string.__wrapped__
    write_number = Worksheet.write_number.__wrapped__
    write_blank = Worksheet.write_blank.__wrapped__

    def __init__(self) -> None:
        """Start with no cells."""
        super().__init__()
        self.table = _Rows()
        self.table_cells = _Nowhere()

    def write_formula(
        self, row: int, col: int, formula: str, cell_format: Format, cached: float | str
    ) -> int:
        """Keep a formula as it stands: the nodes write functions that every program knows."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, cached)
        return 0

    def _calculate_spans(self) -> None:
        """Note the first and last column of each sixteen rows."""
        ends: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                low, high = ends.get(row // _SPANNED, (len(cells), 0))
                first = next(place for place, cell in enumerate(cells, 1) if cell is not None)
                ends[row // _SPANNED] = min(low, first), max(high, len(cells))
        self.row_spans = {block: f"{low}:{high}" for block, (low, high) in ends.items()}

    def _write_rows(self) -> None:
        """Write each row that has a height or cells, and only the cells that it has."""
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, span = self.table.get(row), self.row_spans.get(row // _SPANNED)
            if cells:
                self._write_row(row, span, self.row_info.get(row))
                for column, cell in enumerate(cells):
                    if cell is not None:
                        self._write_cell(row, column, cell)
                self._xml_end_tag("row")
            elif row in self.row_info:
                self._write_empty_row(row, span, self.row_info[row])

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a cell; what holds no text of its own needs no escaping."""
        kind, place = type(cell), xl_rowcol_to_cell_fast(row, col)
        style = cell.format._get_xf_index()  # noqa: SLF001 - the library keeps it so
        start = f'<c r="{place}" s="{style}"'
        if kind in _NUMBERS:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        elif kind is CellStringTuple:
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind is CellBlankTuple:
            self.fh.write(f"{start}/>")
        else:
            super()._write_cell(row, col, cell)


class _Row(list[Any]):
    """The cells of a row by column; None where there is none."""

    __slots__ = ("_known",)

    def __init__(self, known: dict[Hashable, Any]) -> None:
        super().__init__()
        self._known = known

    def __contains__(self, column: object) -> bool:
        return isinstance(column, int) and column < len(self) and self[column] is not None

    def __setitem__(self, column: Any, cell: Any) -> None:
        if type(cell) in _SHARED:
            cell = self._known.setdefault(cell, cell)
        if column >= len(self):
            self.extend(repeat(None, column + 1 - len(self)))
        super().__setitem__(column, cell)


class _Rows(dict[int, _Row]):
    """The rows of a sheet by number, made when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Hashable, Any] = {}

    def __missing__(self, row: int) -> _Row:
        self[row] = made = _Row(self._known)
        return made


class _Nowhere(dict[Hashable, Any]):
    """Forgets what it is told."""

    def __setitem__(self, key: Hashable, value: Any) -> None:
        return
