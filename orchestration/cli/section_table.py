"""How a list of an explanation stands in a terminal: numbers flush right, its sum below a rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from capstream.close.explain.sections import Section

LONGEST_CELL = 60
GAP = "  "
COUNTS = frozenset({"minutes", "row_count"})

Cells = Sequence[str]


def table_lines(section: "Section", limit: int) -> Iterator[str]:
    """Write the first rows of a section, what the rows not shown sum to, and the sum of all.

    Args:
        section: The section; at least one row.
        limit: How many rows are shown.
    """
    shown = [_cells(section, row) for row in section.rows[:limit]]
    hidden_count = len(section.rows) - len(shown)
    rest = f"… and {hidden_count} more (--rows {len(section.rows)})" if hidden_count else ""
    hidden, totals = _sums(section, limit), _sums(section, 0)
    grid = _grid(section, [section.columns, *shown, *hidden, *totals], rest)
    for row in (section.columns, *shown):
        yield grid.line(row)
    if rest:
        yield from grid.lines(hidden, rest)
    if totals:
        yield grid.line(_rules(section, grid))
        yield from grid.lines(totals, "total")
    if section.footing.note:
        yield f"{GAP}{section.footing.note}"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns of a table stand: their widths, and which are flush right."""

    widths: tuple[int, ...]
    flush_right: tuple[bool, ...]

    def line(self, cells: Cells, label: str = "") -> str:
        """Write a line; a label stands across the first cells, which are empty then."""
        aligned = (
            f"{cell:>{width}}" if right else f"{cell:<{width}}"
            for cell, width, right in zip(cells, self.widths, self.flush_right, strict=True)
        )
        return f"{GAP}{label}{GAP.join(aligned)[len(label) :]}".rstrip()

    def lines(self, sums: Sequence[Cells], label: str) -> Iterator[str]:
        """Write a label with the sums that belong to it; by itself where nothing is summed."""
        if not sums:
            yield f"{GAP}{label}"
        for place, cells in enumerate(sums):
            yield self.line(cells, "" if place else label)


def _grid(section: "Section", lines: Sequence[Cells], label: str) -> _Grid:
    """Lay out the columns; those before the first sum are wide enough for the label."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    summed = (*section.footing.by, *section.footing.columns)
    if section.footing.columns:
        before = min(map(section.columns.index, summed))
        room = len(GAP.join("-" * width for width in widths[:before]))
        widths[before - 1] += max(len(label) - room, 0)
    return _Grid(tuple(widths), tuple(map(_is_number, zip(*section.rows, strict=True))))


def _sums(section: "Section", after: int) -> list[list[str]]:
    totals = section.totals(after)
    return [_cells(section, [total.get(name) for name in section.columns]) for total in totals]


def _rules(section: "Section", grid: _Grid) -> list[str]:
    return [
        "─" * width if name in section.footing.columns else ""
        for name, width in zip(section.columns, grid.widths, strict=True)
    ]


def _is_number(values: tuple[object, ...]) -> bool:
    return any(isinstance(value, Decimal | int) for value in values)


def _cells(section: "Section", row: Sequence[object]) -> list[str]:
    return [_cell(name, value) for name, value in zip(section.columns, row, strict=True)]


def _cell(name: str, value: object) -> str:
    """Write a value; amounts and counts have their thousands apart, a line's number has not."""
    if value is None:
        return ""
    if isinstance(value, Decimal) or name in COUNTS:
        return f"{value:,}"
    text = str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
