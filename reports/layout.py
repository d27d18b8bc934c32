"""Where every block of a described workbook stands, and what every cell of it is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from reports.spec import HEADER_ROW, Chart, Formula, Prose, Scope, Sheet, Table, Value, Workbook


def column_letters(index: int) -> str:
    """Return the letters of a zero-based column: 0 is `A`, 26 is `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Area:
    """The rectangle that a block takes on its sheet; rows and columns count from zero.

    Attributes:
        sheet: Name of the sheet.
        heading_row: Row of the heading, -1 for none.
        note_row: Row of the explanation, -1 for none.
        header_row: Row of the column headers (of the first line, for prose).
        first_row: First row of the body.
        last_row: Last row of the body.
        total_row: Row of the totals, -1 for none.
    """

    sheet: str
    heading_row: int
    note_row: int
    header_row: int
    first_row: int
    last_row: int
    total_row: int

    @property
    def bottom(self) -> int:
        """Last row that the block uses."""
        return max(self.last_row, self.total_row)


def headline(table: Table, area: Area) -> str:
    """Return the line above a block: its heading, with the note where that has no line of its own.

    The first block of a sheet has one line, as its header stands where all sheets have theirs.
    """
    has_line = area.note_row >= 0 or not table.note
    return table.heading if has_line else f"{table.heading}. {table.note}"


def place(sheet: Sheet) -> list[Area]:
    """Return the area of each block of a sheet, in order, from the top down."""
    areas: list[Area] = []
    top = HEADER_ROW
    for block in sheet.blocks:
        area = (
            _prose_area(sheet, block, top)
            if isinstance(block, Prose)
            else _table_area(sheet, block, top, is_first=not areas)
        )
        areas.append(area)
        top = area.bottom + 2 + (sheet.gap_rows if len(areas) == 1 else 0)
    return areas


def _prose_area(sheet: Sheet, block: Prose, top: int) -> Area:
    heading = top if block.heading else -1
    first = top + (1 if block.heading else 0)
    return Area(sheet.name, heading, -1, first, first, first + len(block.paragraphs) - 1, -1)


def _table_area(sheet: Sheet, block: Table, top: int, *, is_first: bool) -> Area:
    """Place a table; the first one keeps its header on the common header row."""
    has_total_above = bool(block.total_label) and block.is_total_above
    heading = note = -1
    if is_first:
        header = HEADER_ROW
        heading = header - 1 if block.heading and not has_total_above else -1
        note = header - 1 if block.note and not (block.heading or has_total_above) else -1
    else:
        row = top
        if block.heading:
            heading, row = row, row + 1
        if block.note:
            note, row = row, row + 1
        header = row + (1 if has_total_above else 0)
    first, last = header + 1, header + block.length
    total = -1
    if block.total_label:
        total = header - 1 if has_total_above else last + 1
    return Area(sheet.name, heading, note, header, first, last, total)


class Book:
    """A described workbook with its positions and, on demand, its values.

    Implements `spec.Grid`: formulas ask it for addresses and for values. Each cell is computed
    once; a cell that needs itself is an error.

    Args:
        workbook: The description.

    Raises:
        ValueError: Two blocks, or two cells, carry the same name.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.areas: dict[str, Area] = {}
        self.tables: dict[str, Table] = {}
        self.sheet_areas: dict[str, list[Area]] = {}
        self.names: dict[str, tuple[str, str, int]] = {}
        self._column_index: dict[tuple[str, str], int] = {}
        self._values: dict[tuple[str, str, int], Value] = {}
        self._columns: dict[tuple[str, str], tuple[Value, ...]] = {}
        self._pending: set[tuple[str, str, int]] = set()
        self._memory: dict[tuple[object, ...], dict[object, object]] = {}
        for sheet in workbook.sheets:
            self._register(sheet)

    def _register(self, sheet: Sheet) -> None:
        self.sheet_areas[sheet.name] = place(sheet)
        for block, area in zip(sheet.blocks, self.sheet_areas[sheet.name], strict=True):
            if isinstance(block, Prose):
                continue
            if block.name in self.tables:
                raise ValueError(f"two blocks are named {block.name}")
            self.tables[block.name] = block
            self.areas[block.name] = area
            for index, column in enumerate(block.columns):
                self._column_index[block.name, column.key] = index
            for (column_key, row), name in block.names.items():
                if name in self.names:
                    raise ValueError(f"two cells are named {name}")
                self.names[name] = (block.name, column_key, row)

    # addresses

    def position(self, block: str, column: str, row: int) -> tuple[str, int, int]:
        """Return sheet, row and column (from zero) of a body cell, or of the total for row -1."""
        area = self.areas[block]
        at = area.total_row if row < 0 else area.first_row + row
        if at < 0:
            raise ValueError(f"block {block} has no totals row")
        return area.sheet, at, self._index(block, column)

    def _index(self, block: str, column: str) -> int:
        try:
            return self._column_index[block, column]
        except KeyError:
            raise KeyError(f"table {block} has no column {column}") from None

    def _prefix(self, scope: Scope, sheet: str) -> str:
        return "" if self.areas[scope.block].sheet == sheet else f"{sheet}!"

    def address(self, scope: Scope, block: str, column: str, row: int | None) -> str:
        """See `spec.Grid.address`; a cell of the formula's own row is written relative."""
        area = self.areas[block]
        letters = column_letters(self._index(block, column))
        prefix = self._prefix(scope, area.sheet)
        if row is None:
            return f"{prefix}${letters}${area.first_row + 1}:${letters}${area.last_row + 1}"
        if block == scope.block and row == scope.row:
            return f"{letters}{area.first_row + row + 1}"
        return f"{prefix}${letters}${area.first_row + row + 1}"

    def total_address(self, scope: Scope, block: str, column: str) -> str:
        """See `spec.Grid.total_address`."""
        sheet, row, index = self.position(block, column, -1)
        letters = column_letters(index)
        if block == scope.block and scope.row < 0:
            return f"{letters}{row + 1}"
        return f"{self._prefix(scope, sheet)}${letters}${row + 1}"

    def sheet_of(self, block: str) -> str:
        """See `spec.Grid.sheet_of`."""
        return self.areas[block].sheet

    def sheet_of_name(self, name: str) -> str:
        """See `spec.Grid.sheet_of_name`."""
        return self.areas[self.names[name][0]].sheet

    def row_of(self, block: str, key: str) -> int:
        """See `spec.Grid.row_of`."""
        try:
            return self.tables[block].keys.index(key)
        except ValueError:
            raise KeyError(f"table {block} has no row {key}") from None

    def remembered(self, key: tuple[object, ...]) -> dict[object, object]:
        """See `spec.Grid.remembered`."""
        return self._memory.setdefault(key, {})

    # values

    def paragraphs(self, block: Prose) -> tuple[str, ...]:
        """Return the text of a block; sentences about figures are written here."""
        return block.paragraphs if block.tell is None else block.tell(self)

    def cell(self, block: str, column: str, row: int) -> Value:
        """See `spec.Grid.cell`."""
        known = self._columns.get((block, column))
        if known is not None:
            return known[row]
        content = self.tables[block].columns[self._index(block, column)].content(row)
        return self._computed(block, column, row, content)

    def total(self, block: str, column: str) -> Value:
        """See `spec.Grid.total`."""
        formula = self.tables[block].columns[self._index(block, column)].total
        return self._computed(block, column, -1, formula)

    def _computed(self, block: str, column: str, row: int, content: Value | Formula) -> Value:
        if content is None or not hasattr(content, "evaluate"):
            return content
        at = (block, column, row)
        if at not in self._values:
            if at in self._pending:
                raise ValueError(f"circular reference at {block}.{column}[{row}]")
            self._pending.add(at)
            self._values[at] = content.evaluate(Scope(self, block, row))
            self._pending.discard(at)
        return self._values[at]

    def column(self, block: str, column: str) -> tuple[Value, ...]:
        """See `spec.Grid.column`."""
        at = (block, column)
        if at not in self._columns:
            described = self.tables[block].columns[self._index(block, column)]
            self._columns[at] = tuple(
                self._computed(block, column, row, described.content(row))
                for row in range(self.tables[block].length)
            )
            for row in range(self.tables[block].length):  # the column remembers them from now on
                self._values.pop((block, column, row), None)
        return self._columns[at]

    def drawable(self, chart: Chart) -> Chart:
        """Return a chart without the series that hold no number, and so would draw nothing.

        Lines whose columns are gone have the chart, and its value axis, to themselves.
        """
        series = tuple(one for one in chart.series if self._has_number(chart.table, one.column))
        if all(one.is_hidden for one in series):
            return replace(chart, series=())
        if chart.line_title and all(one.is_line for one in series):
            return replace(
                chart,
                kind="line",
                series=series,
                value_title=chart.line_title,
                value_format=chart.line_format,
                line_title="",
            )
        return replace(chart, series=series)

    def _has_number(self, block: str, column: str) -> bool:
        return any(isinstance(value, int | float | Decimal) for value in self.column(block, column))

    def named(self, name: str) -> Value:
        """See `spec.Grid.named`.

        Raises:
            KeyError: No cell carries the name.
        """
        if name not in self.names:
            raise KeyError(f"workbook {self.workbook.name} has no cell named {name}")
        block, column, row = self.names[name]
        return self.total(block, column) if row < 0 else self.cell(block, column, row)

    def is_formula(self, block: str, column: str, row: int) -> bool:
        """See `spec.Grid.is_formula`."""
        described = self.tables[block].columns[self._index(block, column)]
        content = described.total if row < 0 else described.content(row)
        return hasattr(content, "evaluate")
