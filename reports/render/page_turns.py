"""Where a printed sheet turns its page: through no chart and no small table, after no heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from struct import unpack

from reports.layout import Area
from reports.spec import Chart, Picture, Sheet

_POINTS = 0.75
"""Points of a pixel."""

DEFAULT_HEIGHT = 15.0
"""Points of a row that nobody set."""

SIDE, EDGE = 0.4, 0.6
"""Inches left free at each side, and above and below."""

_PAPERS = {9: (841.9, 595.3), 8: (1190.6, 841.9)}
"""Paper size code → points of its long and its short side; sheets lie on the long one."""

_SPARE = 0.95
"""Part of the page that is filled: programs differ by a few points in the height of a row."""

_HEAD_ROWS, _TAIL_ROWS = 5, 3
"""Rows of a table that stay with its header, and with its last one."""

_MOST_TURNS = 1_000
"""A spreadsheet program takes 1,023."""

Span = tuple[int, int]
"""First and last row of what must stand on one page; rows count from zero."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart or picture over the cells: its upper left corner and its size in points."""

    row: int
    column: int
    width: float
    height: float


def chart_place(chart: Chart) -> Drawn:
    """Return where a chart stands."""
    width, height = chart.size
    return Drawn(*chart.anchor, width * _POINTS, height * _POINTS)


def picture_place(picture: Picture) -> Drawn:
    """Return where a picture stands; its header (PNG, section 11.2.2) says how large it is."""
    width, height = unpack(">II", picture.png[16:24])
    shown = picture.scale * _POINTS
    return Drawn(*picture.anchor, width * shown, height * shown)


class Paper:
    """A sheet as it lies on paper, scaled to the width of one page.

    Args:
        sheet: The sheet.
        areas: Its blocks' areas.
        widths: Widths of its columns, in characters.
        heights: Row → height in points, where it is not the default.
        drawn: Its charts and pictures.
    """

    def __init__(
        self,
        sheet: Sheet,
        areas: list[Area],
        widths: list[float],
        heights: Mapping[int, float],
        drawn: Iterable[Drawn],
    ) -> None:
        self._sheet, self._drawn = sheet, tuple(drawn)
        self._areas = areas[: sheet.printed_blocks or len(areas)]
        self._lefts = list(accumulate((_points(width) for width in widths), initial=0.0))
        self._heights = heights
        across, down = _PAPERS[sheet.paper]
        scale = min(1.0, (across - 2 * SIDE * 72) / self._width())
        self._room = (down - 2 * EDGE * 72) / scale * _SPARE
        self._repeated = sum(self._height(row) for row in range(3))

    def turns(self) -> list[int]:
        """Return the rows before which the page turns; none for a plain list, which runs on."""
        last = max(
            [area.bottom for area in self._areas] + [self._below(each) for each in self._drawn]
        )
        if self._sheet.is_one_page or (len(self._areas) == 1 and not self._drawn):
            return []
        kept, drawn = self._kept(), [(each.row, self._below(each)) for each in self._drawn]
        found: list[int] = []
        start, room = 0, self._room
        while (full := self._full(start, room)) <= last and len(found) < _MOST_TURNS:
            turn = _before(full, start, kept) or _before(full, start, drawn) or full
            found.append(turn)
            start, room = turn, self._room - self._repeated
        return found

    def _height(self, row: int) -> float:
        return self._heights.get(row, DEFAULT_HEIGHT)

    def _left(self, column: int) -> float:
        beyond = max(column - len(self._lefts) + 1, 0)
        return self._lefts[min(column, len(self._lefts) - 1)] + beyond * _points(8.43)

    def _width(self) -> float:
        if self._sheet.printed_columns:
            return self._left(self._sheet.printed_columns)
        edges = [self._left(each.column) + each.width for each in self._drawn]
        return max([self._lefts[-1], *edges])

    def _below(self, drawn: Drawn) -> int:
        """Return the last row that a drawing covers."""
        return self._full(drawn.row, drawn.height) - (drawn.height > 0)

    def _full(self, start: int, room: float) -> int:
        """Return the first row that no longer fits whole, when the page begins at a row."""
        row, used = start, self._height(start)
        while used <= room:
            row += 1
            used += self._height(row)
        return max(row, start + 1)

    def _kept(self) -> list[Span]:
        """Return what stays together: drawings, small tables, both ends of long ones."""
        spans = [(each.row, self._below(each)) for each in self._drawn]
        for area in self._areas:
            rows = [row for row in (area.heading_row, area.note_row, area.header_row) if row >= 0]
            first, last = min(rows), area.bottom
            height = sum(self._height(row) for row in range(first, last + 1))
            if height <= self._room / 2:
                spans.append((first, last))
            else:
                spans.append((first, min(area.first_row + _HEAD_ROWS, last)))
                spans.append((max(last - _TAIL_ROWS, first), last))
        return spans


def _points(width: float) -> float:
    """Return the points of a column of so many characters: seven pixels each, and five."""
    return (width * 7 + 5) * _POINTS


def _before(row: int, start: int, spans: list[Span]) -> int:
    """Return the last row up to one before which nothing is cut; 0 where the page has none."""
    while cut := [first for first, last in spans if first < row <= last]:
        row = min(cut)
    return row if row > start else 0
