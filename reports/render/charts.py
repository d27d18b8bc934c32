"""Native charts, from their description."""

from __future__ import annotations

from typing import Any

from reports.formats import FONT, HAIRLINE, MUTED, NAVY
from reports.layout import Book
from reports.spec import Chart, Series, Unit

_KINDS = {
    "column": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "bar": {"type": "bar"},
    "line": {"type": "line"},
    "area": {"type": "area", "subtype": "stacked"},
    "dumbbell": {"type": "line"},
}
_SMALL = {"name": FONT, "size": 9, "color": MUTED}


def add_chart(file: Any, page: Any, chart: Chart, book: Book) -> None:
    """Draw a chart on a sheet, with its alternative text; one without series is left out.

    Raises:
        ValueError: More than seven series, which nobody can tell apart.
    """
    if len(chart.series) > 7:
        raise ValueError(f"chart {chart.title!r} has more than seven series")
    if not chart.series:
        return
    drawn = file.add_chart(dict(_KINDS[chart.kind]))
    for series in chart.series:
        if not series.is_line:
            drawn.add_series(_series(chart, series, book))
    lines = [series for series in chart.series if series.is_line]
    if lines and chart.kind != "line":
        _combine(file, drawn, chart, lines, book)
    else:
        for series in lines:
            drawn.add_series(_series(chart, series, book))
    if chart.kind == "dumbbell":
        drawn.set_high_low_lines({"line": {"color": MUTED, "width": 2}})
    _dress(drawn, chart, book)
    width, height = chart.size
    page.insert_chart(
        *chart.anchor,
        drawn,
        {"description": chart.description, "object_position": 2, "x_offset": 4, "y_offset": 4},
    )
    drawn.set_size({"width": width, "height": height})


def _combine(file: Any, drawn: Any, chart: Chart, lines: list[Series], book: Book) -> None:
    """Lay line series over the columns, on a second axis."""
    over = file.add_chart({"type": "line"})
    for series in lines:
        over.add_series(_series(chart, series, book) | {"y2_axis": True})
    over.set_y2_axis(
        {
            "name": chart.line_title,
            "name_font": _SMALL,
            "num_font": _SMALL,
            "num_format": chart.line_format,
            "min": 0,
            "line": {"none": True},
        }
    )
    drawn.combine(over)


def _series(chart: Chart, series: Series, book: Book) -> dict[str, object]:
    described: dict[str, object] = {
        "name": series.title,
        "categories": _range(chart.table, chart.categories, book),
        "values": _range(chart.table, series.column, book),
    }
    if series.is_hidden:
        return described | {"fill": {"none": True}, "border": {"none": True}}
    if chart.kind == "dumbbell":
        dot = {"color": series.colour}
        marker = {"type": "circle", "size": 9, "fill": dot, "border": dot}
        return described | {"line": {"none": True}, "marker": marker}
    if series.is_line:
        line = {"color": series.colour, "width": 2.25}
        marker = {
            "type": "circle",
            "size": 5,
            "fill": {"color": series.colour},
            "border": {"color": series.colour},
        }
        return described | {"line": line, "marker": marker}
    return described | {
        "fill": {"color": series.colour},
        "border": {"none": True},
        "gap": 60,
        "overlap": 100 if chart.kind == "stacked" else 0,
    }


def _range(table: str, column: str, book: Book) -> list[object]:
    area = book.areas[table]
    sheet, _, index = book.position(table, column, 0)
    return [sheet, area.first_row, index, area.last_row, index]


def _dress(drawn: Any, chart: Chart, book: Book) -> None:
    """Set titles, axes, legend and frame: calm, without ornament."""
    drawn.set_title(
        {
            "name": chart.title,
            "overlay": False,
            "name_font": {"name": FONT, "size": 11, "bold": True, "color": NAVY},
        }
    )
    category = {
        "name": chart.category_title,
        "name_font": _SMALL,
        "num_font": _SMALL,
        "line": {"color": HAIRLINE},
        "label_position": "low",
    }
    if book.tables[chart.table].column(chart.categories).unit is Unit.DATE:
        category["num_format"] = "yyyy-mm-dd"
    value = {
        "name": chart.value_title,
        "name_font": _SMALL,
        "num_font": _SMALL,
        "num_format": "0%" if chart.is_share else chart.value_format,
        "max": 1 if chart.is_share else None,
        "major_gridlines": {"visible": True, "line": {"color": HAIRLINE, "width": 0.75}},
        "line": {"none": True},
    }
    if chart.kind == "bar":
        drawn.set_x_axis(value)
        drawn.set_y_axis(
            category | {"reverse": True, "crossing": "max", "major_gridlines": {"visible": False}}
        )
    else:
        drawn.set_x_axis(category)
        drawn.set_y_axis(value)
    shown = [index for index, series in enumerate(chart.series) if series.is_hidden]
    if len(chart.series) - len(shown) < 2:
        drawn.set_legend({"none": True})
    else:
        drawn.set_legend({"position": "bottom", "font": _SMALL, "delete_series": shown})
    drawn.set_chartarea({"border": {"color": HAIRLINE}, "fill": {"color": "#FFFFFF"}})
