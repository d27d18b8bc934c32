"""Charts of the page, drawn from the same description and the same cells as the native ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reports.layout import Book
from reports.render.html.scales import Scale, round_scale, tick_text
from reports.render.html.tables import value_cell
from reports.render.html.views import ChartView, Mark, Stroke, Tick
from reports.render.html.wording import shown
from reports.render.text import cleaned
from reports.spec import Chart, Series

WIDTH = 360.0
"""Width of every drawing in its own units, about a phone's; letters are 12 of them high."""
_HEIGHT = 240.0
_TOP, _RIGHT, _LETTER, _BAND = 26.0, 10.0, 6.3, 24.0
DRAWABLE = frozenset({"column", "stacked", "bar", "line", "area", "dumbbell"})

Numbers = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    """One chart while it is drawn: its figures, its scales, its bands."""

    book: Book
    chart: Chart
    names: tuple[str, ...]
    figures: tuple[Numbers, ...]
    value: Scale
    second: Scale | None
    band: Scale

    @property
    def is_bar(self) -> bool:
        """Bars lie; the bands go down."""
        return self.chart.kind == "bar"

    def middle(self, place: int) -> float:
        """Return the middle of a category's band."""
        return self.band.at(place + 0.5)

    def mark(
        self, shape: str, series: Series, place: int, box: tuple[float, float, float, float]
    ) -> Mark:
        """Return the mark of one value, with the cell that it equals."""
        cell = value_cell(self.book, self.chart.table, series.column, place)
        label = f"{cleaned(series.title)}, {self.names[place]}"
        return Mark(shape, *box, series.colour, label, cell)

    @property
    def band_width(self) -> float:
        """Width of a category's band."""
        return abs(self.band.at(1) - self.band.at(0))


def chart_view(book: Book, chart: Chart, name: str) -> ChartView:
    """Draw a chart.

    Args:
        book: The workbook.
        name: Identity on the page; one table may stand behind several charts.
        chart: One of its charts, of a kind in `DRAWABLE`; dots joined by category are bars here.
    """
    if chart.kind == "dumbbell":
        chart = replace(chart, kind="bar")
    plot, height = _plot(book, chart)
    strokes, marks = _drawn(plot)
    return ChartView(
        name,
        chart.title,
        chart.description,
        WIDTH,
        height,
        tuple((s.colour, cleaned(s.title)) for s in chart.series if not s.is_hidden),
        tuple(_rules(plot, height)),
        tuple(_ticks(plot, height)),
        strokes,
        marks,
        f"{book.workbook.name}-{chart.table}",
    )


def _plot(book: Book, chart: Chart) -> tuple[_Plot, float]:
    """Lay the chart out: margins as wide as its letters need."""
    table = book.tables[chart.table]
    unit = table.column(chart.categories).unit
    names = tuple(shown(value, unit) for value in book.column(chart.table, chart.categories))
    figures = tuple(
        tuple(
            float(value) if isinstance(value, (Decimal, int)) else None
            for value in book.column(chart.table, series.column)
        )
        for series in chart.series
    )
    low, high = _extent(chart, figures)
    lines = [row for row, s in zip(figures, chart.series, strict=True) if _is_over(chart, s)]
    second = None
    if lines:
        least, most = _ends(lines)
        second = round_scale(least, most, _HEIGHT - 40, _TOP)
    most_share = 1.0 if chart.is_share else None
    if chart.kind == "bar":
        left = min(max((len(name) for name in names), default=0) * _LETTER, 130.0) + 10
        height = _TOP + len(names) * _BAND + 22
        value = round_scale(low, high, left, WIDTH - _RIGHT - 14, most=most_share)
        band = Scale(0, max(len(names), 1), 1, _TOP, height - 22)
        return _Plot(book, chart, names, figures, value, None, band), height
    value = round_scale(low, high, 0, 1, most=most_share)
    widest = max(
        len(tick_text(tick, value.step, is_share=chart.is_share)) for tick in value.ticks()
    )
    left, right = widest * _LETTER + 10, 44.0 if second else _RIGHT
    band = Scale(0, max(len(names), 1), 1, left, WIDTH - right)
    foot = 72.0 if _is_slanted(names, band) else 30.0
    value = replace(value, start=_HEIGHT - foot, end=_TOP)
    if second:
        second = replace(second, start=_HEIGHT - foot)
    return _Plot(book, chart, names, figures, value, second, band), _HEIGHT


def _is_over(chart: Chart, series: Series) -> bool:
    """Return whether a series is a line over columns, with an axis of its own."""
    return series.is_line and chart.kind != "line"


def _ends(rows: Sequence[Numbers]) -> tuple[float, float]:
    known = [value for row in rows for value in row if value is not None]
    return min(known, default=0.0), max(known, default=0.0)


def _extent(chart: Chart, figures: tuple[Numbers, ...]) -> tuple[float, float]:
    """Return the least and largest height that anything reaches."""
    own = [row for row, s in zip(figures, chart.series, strict=True) if not _is_over(chart, s)]
    if chart.kind not in {"stacked", "area"}:
        return _ends(own)
    stacks = list(zip(*own, strict=True))
    ups = [sum(value for value in stack if value is not None and value > 0) for stack in stacks]
    downs = [sum(value for value in stack if value is not None and value < 0) for stack in stacks]
    return min(downs, default=0.0), max(ups, default=0.0)


# marks


def _drawn(plot: _Plot) -> tuple[tuple[Stroke, ...], tuple[Mark, ...]]:
    strokes: list[Stroke] = []
    marks: list[Mark] = []
    series = list(zip(plot.chart.series, plot.figures, strict=True))
    blocks = [pair for pair in series if not _is_over(plot.chart, pair[0])]
    if plot.chart.kind == "area":
        _draw_areas(plot, blocks, strokes, marks)
    elif plot.chart.kind == "line":
        for one, row in blocks:
            _draw_line(plot, one, row, plot.value, strokes, marks)
    else:
        marks += _blocks(plot, blocks)
    for one, row in series:
        if _is_over(plot.chart, one) and plot.second is not None:
            _draw_line(plot, one, row, plot.second, strokes, marks)
    return tuple(strokes), tuple(marks)


def _blocks(plot: _Plot, series: Sequence[tuple[Series, Numbers]]) -> Iterator[Mark]:
    """Yield the columns or bars: stacked on each other, or side by side."""
    count = 1 if plot.chart.kind == "stacked" else max(len(series), 1)
    thick = plot.band_width * 0.72 / count
    for place in range(len(plot.names)):
        ups = downs = 0.0
        for number, (one, row) in enumerate(series):
            value = row[place]
            if value is None:
                continue
            base = 0.0
            if plot.chart.kind == "stacked":
                base = ups if value >= 0 else downs
                ups, downs = ups + max(value, 0.0), downs + min(value, 0.0)
            if not one.is_hidden and value:
                at = plot.middle(place) - thick * count / 2
                at += 0.0 if plot.chart.kind == "stacked" else thick * number
                yield _block(plot, one, place, (base, base + value), (at, thick))


def _block(
    plot: _Plot,
    series: Series,
    place: int,
    values: tuple[float, float],
    across: tuple[float, float],
) -> Mark:
    """Return one column or bar from value to value, `across` its band."""
    start, end = sorted(plot.value.at(value) for value in values)
    long = max(end - start, 1.2)
    if plot.is_bar:
        return plot.mark("rect", series, place, (start, across[0], long, across[1]))
    return plot.mark("rect", series, place, (across[0], start, across[1], long))


def _draw_line(
    plot: _Plot,
    series: Series,
    row: Numbers,
    scale: Scale,
    strokes: list[Stroke],
    marks: list[Mark],
) -> None:
    """Draw a line, broken where a value is unknown, with a point at each value."""
    path, is_broken = "", True
    for place, value in enumerate(row):
        if value is None:
            is_broken = True
            continue
        x, y = plot.middle(place), scale.at(value)
        path += f"{'M' if is_broken else 'L'}{x:.1f} {y:.1f}"
        is_broken = False
        marks.append(plot.mark("circle", series, place, (x, y, 3.2, 0)))
    strokes.append(Stroke(path, series.colour))


def _draw_areas(
    plot: _Plot,
    series: Sequence[tuple[Series, Numbers]],
    strokes: list[Stroke],
    marks: list[Mark],
) -> None:
    """Draw stacked areas; an unknown value counts as nothing in the stack and has no point."""
    floors = [0.0] * len(plot.names)
    for one, row in series:
        tops = [low + (value or 0.0) for low, value in zip(floors, row, strict=True)]
        points = [(plot.middle(place), plot.value.at(top)) for place, top in enumerate(tops)]
        under = [(plot.middle(place), plot.value.at(low)) for place, low in enumerate(floors)]
        if points and not one.is_hidden:
            joined = "L".join(f"{x:.1f} {y:.1f}" for x, y in (*points, *reversed(under)))
            strokes.append(Stroke(f"M{joined}Z", one.colour, is_filled=True))
            for place, (x, y) in enumerate(points):
                if row[place] is not None:
                    marks.append(plot.mark("circle", one, place, (x, y, 2.6, 0)))
        floors = tops


# scales


def _rules(plot: _Plot, height: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield a grid line a step; the zero line comes last, so that it can be drawn stronger."""
    for tick in sorted(plot.value.ticks(), key=lambda tick: abs(tick) < plot.value.step / 2):
        at = plot.value.at(tick)
        if plot.is_bar:
            yield at, _TOP, at, height - 22
        else:
            yield plot.band.start, at, plot.band.end, at


def _ticks(plot: _Plot, height: float) -> Iterator[Tick]:
    chart = plot.chart
    for tick in plot.value.ticks():
        text = tick_text(tick, plot.value.step, is_share=chart.is_share)
        at = plot.value.at(tick)
        yield (
            Tick(at, height - 7, text)
            if plot.is_bar
            else Tick(plot.band.start - 5, at + 4, text, "end")
        )
    if plot.second is not None:
        for tick in plot.second.ticks():
            is_share = plot.chart.line_format.endswith("%")
            text = tick_text(tick, plot.second.step, is_share=is_share)
            yield Tick(plot.band.end + 5, plot.second.at(tick) + 4, text, "start")
        yield Tick(WIDTH, 13, chart.line_title, "end")
    yield Tick(0, 13, chart.value_title, "start")
    yield from _names(plot, height)


def _names(plot: _Plot, height: float) -> Iterator[Tick]:
    """Yield the categories: whole where they fit, slanted or every so many where they do not."""
    if plot.is_bar:
        room = int((plot.value.start - 10) / _LETTER)
        for place, name in enumerate(plot.names):
            yield Tick(
                plot.value.at(plot.value.low) - 6, plot.middle(place) + 4, _cut(name, room), "end"
            )
        return
    if _is_slanted(plot.names, plot.band):
        every = max(1, -(-16 // max(int(plot.band_width), 1)))
        for place in range(0, len(plot.names), every):
            text = _cut(plot.names[place], 13)
            yield Tick(plot.middle(place) + 4, height - 58, text, "end", is_slanted=True)
        return
    longest = max((len(name) for name in plot.names), default=1) * _LETTER
    every = max(1, -(-int(longest + 6) // max(int(plot.band_width), 1)))
    last = len(plot.names) - 1
    for place in range(last % every if last >= 0 else 0, len(plot.names), every):
        yield Tick(plot.middle(place), height - 12, plot.names[place])


def _is_slanted(names: Sequence[str], band: Scale) -> bool:
    """Return whether names are words too long for their bands; months are thinned out instead."""
    width = (band.end - band.start) / max(len(names), 1)
    is_months = all(name[:2].isdigit() or name[-4:].isdigit() for name in names)
    return not is_months and any(len(name) * _LETTER > width for name in names)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 1)].rstrip() + "…"
