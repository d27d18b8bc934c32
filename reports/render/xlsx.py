"""The only place that knows XlsxWriter: a description becomes a file, the same bytes each time."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from capstream.types import Month
from reports import formats
from reports.formats import Properties, Style, Tone
from reports.formulas import DAY_ZERO
from reports.layout import Area, Book, headline
from reports.links import is_allowed
from reports.render.charts import add_chart
from reports.render.lean_sheet import LeanSheet
from reports.render.page_turns import EDGE, SIDE, Paper, chart_place, picture_place
from reports.render.text import cleaned, needs_quote
from reports.render.widths import column_widths, wrapping
from reports.spec import (
    HEADER_ROW,
    Column,
    Formula,
    Kind,
    Picture,
    Prose,
    Scope,
    Sheet,
    Table,
    Unit,
    Value,
    Workbook,
)

_AIRY_ROWS = 5_000
"""Longer tables keep the default row height: it costs a record a row."""

_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "insert_hyperlinks": False,
}


def write_xlsx(workbook: Workbook, path: Path) -> Book:
    """Write a described workbook; the file appears whole or not at all.

    Args:
        workbook: The description.
        path: Where the file is to stand; written beside it first and renamed.

    Returns:
        The workbook with the positions and values that were written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        writer = _Writer(workbook, beside)
        writer.write()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return writer.book


class _Writer:
    """One file being written."""

    def __init__(self, workbook: Workbook, path: Path) -> None:
        self.workbook = workbook
        self.book = Book(workbook)
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "tmpdir": str(path.parent),
        }
        self.file: Any = xlsxwriter.Workbook(str(path), options)
        self.formats: dict[object, Any] = {}
        self.heights: dict[int, float] = {}

    def write(self) -> None:
        """Write properties, sheets, names and charts."""
        self._set_properties()
        sheets = [
            (sheet, self.file.add_worksheet(sheet.name, worksheet_class=LeanSheet))
            for sheet in self.workbook.sheets
        ]
        for sheet, page in sheets:
            self._write_sheet(sheet, page)
        self._define_names()
        self.file.close()

    # properties and names

    def _set_properties(self) -> None:
        stamp = self.workbook.stamp
        last = Month.parse(stamp.month).last_day
        self.file.set_properties(
            {
                "title": self.workbook.title,
                "subject": self.workbook.subject,
                "author": f"Capstream {stamp.code_version}",
                "company": stamp.company_name,
                "keywords": f"{self.workbook.name}, {stamp.month}, {stamp.status.lower()}",
                "status": stamp.status.title(),
                "created": datetime.combine(last, time.min),
            }
        )
        for name in ("run_id", "code_version", "policy_version", "data_as_of", "inputs_sha256"):
            self.file.set_custom_property(name, cleaned(getattr(stamp, name)) or "none", "text")
        self.file.set_custom_property("language", "en", "text")
        self.file.set_custom_property(
            "link_hosts", ";".join(sorted(self.workbook.link_hosts)) or "none", "text"
        )

    def _define_names(self) -> None:
        for name, (block, column, row) in self.book.names.items():
            sheet, at, index = self.book.position(block, column, row)
            cell = xlsxwriter.utility.xl_rowcol_to_cell(at, index, row_abs=True, col_abs=True)
            self.file.define_name(name, f"={sheet}!{cell}")

    def _format(self, key: object, properties: Properties) -> Any:
        if key not in self.formats:
            self.formats[key] = self.file.add_format(dict(properties))
        return self.formats[key]

    def _style(self, style: Style) -> Any:
        found = self.formats.get(style)
        return found if found is not None else self._format(style, style.properties())

    # one sheet

    def _write_sheet(self, sheet: Sheet, page: Any) -> None:
        areas = self.book.sheet_areas[sheet.name]
        page.hide_gridlines(2)
        widths = column_widths(sheet, self.book)
        for index, width in enumerate(widths):
            page.set_column(index, index, width)
        self.heights = {}
        self._set_height(page, 2, 18)
        self._write_title(sheet, page)
        for block, area in zip(sheet.blocks, areas, strict=True):
            if isinstance(block, Prose):
                self._write_prose(block, area, page)
            else:
                table = wrapping(block, widths, self.book)
                self._write_table(table, area, page)
                self._set_height(page, area.header_row, _header_height(table, widths))
                self._set_row_heights(table, area, widths, page)
        charts = [self.book.drawable(chart) for chart in sheet.charts]
        for chart in charts:
            add_chart(self.file, page, chart, self.book)
        for number, picture in enumerate(sheet.pictures, start=1):
            _add_picture(page, picture, f"{sheet.name}_{number}.png")
        self._set_page(sheet, page, areas)
        drawn = [chart_place(chart) for chart in charts if chart.series]
        drawn += [picture_place(picture) for picture in sheet.pictures]
        page.set_h_pagebreaks(Paper(sheet, areas, widths, self.heights, drawn).turns())

    def _set_height(self, page: Any, row: int, height: float) -> None:
        page.set_row(row, height)
        self.heights[row] = height

    def _write_title(self, sheet: Sheet, page: Any) -> None:
        stamp = self.workbook.stamp
        subtitle = (
            f"{stamp.company_name} · {stamp.month} · {stamp.currency} · run {stamp.run_id[:12]}"
            f" · {stamp.status}"
        )
        title = f"{sheet.index}  {sheet.title}" if sheet.index else sheet.title
        page.write_string(0, 0, cleaned(title), self._format("title", formats.TITLE))
        page.write_string(1, 0, cleaned(subtitle), self._format("subtitle", formats.SUBTITLE))
        if self.workbook.status_name in self.book.names:
            self._write_master_status(sheet, page)
        if sheet.name != self.workbook.sheets[0].name:
            page.write_url(
                2,
                1,
                f"internal:{self.workbook.sheets[0].name}!A1",
                self._format("sheet_link", formats.SHEET_LINK),
                "Contents",
            )

    def _write_master_status(self, sheet: Sheet, page: Any) -> None:
        """Write the master check into A3 of every sheet, in the frozen rows."""
        name = self.workbook.status_name
        block, column, row = self.book.names[name]
        value = self.book.named(name)
        if self.book.sheet_of(block) == sheet.name:
            _, at, index = self.book.position(block, column, row)
            formula = xlsxwriter.utility.xl_rowcol_to_cell(at, index, row_abs=True, col_abs=True)
        else:
            formula = name
        page.write_formula(
            2, 0, f"={formula}", self._format("status", formats.STATUS_LINE), _cached(value)
        )
        self._mark_status(page, 2, 0, 2, 0)

    def _mark_status(self, page: Any, top: int, left: int, bottom: int, right: int) -> None:
        for word, properties in formats.STATUS_RULES:
            page.conditional_format(
                top,
                left,
                bottom,
                right,
                {
                    "type": "text",
                    "criteria": "containing",
                    "value": word,
                    "format": self._format(("status", word), properties),
                    "stop_if_true": True,
                },
            )

    def _write_prose(self, block: Prose, area: Area, page: Any) -> None:
        if area.heading_row >= 0:
            self._write_heading(block.heading, area.heading_row, page)
        for offset, paragraph in enumerate(self.book.paragraphs(block)):
            self._put_text(page, area.first_row + offset, 0, paragraph, ("prose", formats.PROSE))

    def _write_heading(self, text: str, row: int, page: Any) -> None:
        self._put_text(page, row, 0, text, ("heading", formats.HEADING))

    # tables

    def _write_table(self, table: Table, area: Area, page: Any) -> None:
        if area.heading_row >= 0:
            self._write_heading(headline(table, area), area.heading_row, page)
        if area.note_row >= 0:
            self._put_text(page, area.note_row, 0, table.note, ("subtitle", formats.SUBTITLE))
        self._list_table(table, area, page)
        for index, column in enumerate(table.columns):
            page.write_string(area.header_row, index, column.header, self._header_format(column))
            if _is_uniform(table, column):
                self._write_column(column, area.first_row, index, page)
            else:
                for row in range(table.length):
                    self._write_cell(table, column, row, (area.first_row + row, index), page)
            self._draw_trends(column, area.first_row, index, page)
            if column.unit is Unit.STATUS:
                self._mark_status(page, area.first_row, index, area.last_row, index)
        self._write_totals(table, area, page)

    def _draw_trends(self, column: Column, top: int, index: int, page: Any) -> None:
        """Draw small lines over the cells of a column, each over a column of another table."""
        for row, trend in enumerate(column.trends, top):
            if trend is not None:
                block, source = trend
                sheet, first, at = self.book.position(block, source, 0)
                last = self.book.areas[block].last_row
                span = xlsxwriter.utility.xl_range_abs(first, at, last, at)
                options = {"range": f"{sheet}!{span}", "series_color": formats.NAVY}
                page.add_sparkline(row, index, {**options, "last_point": True})

    def _list_table(self, table: Table, area: Area, page: Any) -> None:
        """Declare the block as a table of the spreadsheet program, totals row included."""
        if not table.is_listed:
            return
        has_totals = area.total_row > area.last_row
        columns = [{"header": column.header} for column in table.columns]
        if has_totals:
            columns[0]["total_string"] = table.total_label
            for options, column in zip(columns, table.columns, strict=True):
                if column.total is not None:
                    scope = Scope(self.book, table.name, -1)
                    options["total_function"] = f"={column.total.excel(scope)}"
        page.add_table(
            area.header_row,
            0,
            area.total_row if has_totals else area.last_row,
            len(table.columns) - 1,
            {
                "name": table.name,
                "columns": columns,
                "style": None,
                "total_row": has_totals,
                "autofilter": table.length > 1,
            },
        )

    def _set_row_heights(self, table: Table, area: Area, widths: list[float], page: Any) -> None:
        """Give wrapped text the lines it needs; other rows a little air."""
        wrapped = [
            (index, column) for index, column in enumerate(table.columns) if column.is_wrapped
        ]
        if table.length > _AIRY_ROWS and not wrapped:
            return
        for row in range(table.length):
            lines = max(
                (
                    _lines(self.book.cell(table.name, column.key, row), widths[index])
                    for index, column in wrapped
                ),
                default=1,
            )
            self._set_height(page, area.first_row + row, 13.5 * min(lines, 25) + 3)
        if area.total_row >= 0:
            self._set_height(page, area.total_row, 16.5)

    def _header_format(self, column: Column) -> Any:
        if column.unit.is_numeric or column.unit is Unit.INTEGER:
            return self._format("header_number", formats.HEADER_NUMBER)
        if column.unit in {Unit.DATE, Unit.MONTH}:
            return self._format("header_centre", formats.HEADER_CENTRE)
        return self._format("header", formats.HEADER)

    def _write_totals(self, table: Table, area: Area, page: Any) -> None:
        if area.total_row < 0:
            return
        for index, column in enumerate(table.columns):
            at = (area.total_row, index)
            if column.total is not None:
                scope = Scope(self.book, table.name, -1)
                value = self.book.total(table.name, column.key)
                style = Style(self._formula_tone(column.total, scope), column.unit, is_strong=True)
                self._put_formula(page, at, column.total.excel(scope), value, style)
            else:
                text = table.total_label if index == 0 else ""
                self._put_plain(page, at, text, Style(Tone.LABEL, is_strong=True))

    def _write_column(self, column: Column, top: int, index: int, page: Any) -> None:
        """Write a column of plain values of one look; its formats are looked up once."""
        fact = self._style(Style(Tone.IMPORTED, column.unit, is_wrapped=column.is_wrapped))
        label = Style(Tone.LABEL, column.unit, is_wrapped=column.is_wrapped)
        plain, quoted = self._style(label), self._style(replace(label, is_quoted=True))
        for row, content in enumerate(column.values or (), top):
            if isinstance(content, str) and content:
                safe = cleaned(content)
                page.write_string(row, index, safe, quoted if needs_quote(safe) else plain)
            elif content is None or content == "":
                page.write_blank(row, index, None, plain)
            elif isinstance(content, date):
                page.write_datetime(row, index, datetime.combine(content, time.min), fact)
            elif isinstance(content, (Decimal, int)):
                page.write_number(row, index, float(content), fact)
            else:
                raise TypeError(f"a cell cannot hold {content!r}")

    def _write_cell(
        self, table: Table, column: Column, row: int, at: tuple[int, int], page: Any
    ) -> None:
        content, unit = column.content(row), column.unit_at(row)
        is_strong = row in table.strong_rows
        if content is not None and hasattr(content, "evaluate"):
            formula = cast("Formula", content)
            scope = Scope(self.book, table.name, row)
            style = Style(self._formula_tone(formula, scope), unit, is_strong=is_strong)
            value = self.book.cell(table.name, column.key, row)
            self._put_formula(page, at, formula.excel(scope), value, style)
            return
        tone = _tone(column, content)
        style = Style(tone, unit, is_strong=is_strong, is_wrapped=column.is_wrapped)
        link = column.links[row] if column.links else ""
        if link:
            self._put_link(page, at, content, link, style)
        else:
            self._put_plain(page, at, content, style)
        if column.kind is Kind.INPUT and column.choices:
            page.data_validation(*at, *at, {"validate": "list", "source": list(column.choices)})

    # one function each for formula, number and date, text, link

    def _put_formula(
        self, page: Any, at: tuple[int, int], formula: str, value: Value, style: Style
    ) -> None:
        """Write a formula together with its value."""
        page.write_formula(*at, f"={formula}", self._style(style), _cached(value))

    def _formula_tone(self, formula: Formula, scope: Scope) -> Tone:
        own = self.book.sheet_of(scope.block)
        return Tone.CALCULATED if formula.sheets(scope) <= {own} else Tone.CROSS_SHEET

    def _put_plain(
        self, page: Any, at: tuple[int, int], content: Value | Formula, style: Style
    ) -> None:
        if content is None or content == "":
            page.write_blank(*at, None, self._style(style))
        elif isinstance(content, str):
            self._put_styled_text(page, at, content, style)
        elif isinstance(content, date):
            page.write_datetime(*at, datetime.combine(content, time.min), self._style(style))
        elif isinstance(content, (Decimal, int)):
            page.write_number(*at, float(content), self._style(style))
        else:
            raise TypeError(f"a cell cannot hold {content!r}")

    def _put_styled_text(self, page: Any, at: tuple[int, int], text: str, style: Style) -> None:
        safe = cleaned(text)
        quoted = replace(style, is_quoted=True) if needs_quote(safe) else style
        page.write_string(*at, safe, self._style(quoted))

    def _put_text(
        self, page: Any, row: int, column: int, text: str, style: tuple[str, Properties]
    ) -> None:
        safe = cleaned(text)
        name, properties = style
        if needs_quote(safe):
            name, properties = f"{name} quoted", {**properties, "quote_prefix": True}
        page.write_string(row, column, safe, self._format(name, properties))

    def _put_link(
        self, page: Any, at: tuple[int, int], content: Value | Formula, link: str, style: Style
    ) -> None:
        """Write a link to a sheet, or to a listed host; any other address stays plain text."""
        text = cleaned(str(content))
        linked = Style(
            Tone.LINK,
            style.unit,
            is_strong=style.is_strong,
            is_quoted=needs_quote(text),
        )
        if link.startswith("#"):
            page.write_url(*at, f"internal:{link[1:]}!A1", self._style(linked), text)
        elif text and len(text) <= 255 and is_allowed(link, self.workbook.link_hosts):
            page.write_url(*at, link, self._style(linked), text)
        else:
            self._put_plain(page, at, content, style)

    # page

    def _set_page(self, sheet: Sheet, page: Any, areas: list[Area]) -> None:
        stamp = self.workbook.stamp
        frozen = HEADER_ROW + 1 if sheet.is_header_frozen else HEADER_ROW - 1
        page.freeze_panes(frozen, sheet.frozen_columns)
        page.set_landscape()
        page.set_paper(sheet.paper)
        page.fit_to_pages(1, 1 if sheet.is_one_page else 0)
        page.repeat_rows(0, HEADER_ROW if sheet.is_header_frozen else HEADER_ROW - 2)
        if sheet.printed_columns:
            last = areas[sheet.printed_blocks - 1]
            cut = last.first_row + sheet.printed_rows - 1
            bottom = min(cut, last.bottom) if sheet.printed_rows else last.bottom
            page.print_area(0, 0, bottom, sheet.printed_columns - 1)
        page.set_margins(left=SIDE, right=SIDE, top=EDGE, bottom=EDGE)
        page.set_header("&R&9DRAFT" if stamp.status == "DRAFT" else "&R&9ISSUED")
        page.set_footer(f"&L&8&F · &A&C&8page &P of &N&R&8run {stamp.run_id[:12]}")
        if sheet.tab:
            page.set_tab_color(sheet.tab)
        page.protect("", _PROTECTION)
        if sheet.name == self.workbook.sheets[0].name:
            page.activate()


def _add_picture(page: Any, picture: Picture, name: str) -> None:
    """Lay a picture over empty cells, with its alternative text."""
    page.insert_image(
        *picture.anchor,
        name,
        {
            "image_data": BytesIO(picture.png),
            "x_scale": picture.scale,
            "y_scale": picture.scale,
            "description": picture.description,
            "object_position": 2,
        },
    )


def _is_uniform(table: Table, column: Column) -> bool:
    """Return whether a column holds plain imported values, all of one look."""
    return (
        column.kind is Kind.IMPORTED
        and column.values is not None
        and not (column.units or column.links or table.strong_rows)
        and not any(hasattr(value, "evaluate") for value in column.values)
    )


def _tone(column: Column, content: Value | Formula) -> Tone:
    """Choose the colour of a value that is no formula."""
    if column.kind is Kind.INPUT:
        return Tone.INPUT
    is_fact = content is not None and not isinstance(content, str)
    return Tone.IMPORTED if is_fact else Tone.LABEL


def _cached(value: Value) -> float | str | bool:
    """Return the value as the file stores it beside a formula."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return float((value - DAY_ZERO).days)
    return "" if value is None else value


def _lines(value: Value, width: float) -> int:
    """Return the lines that a text takes in a column of that width."""
    text = value if isinstance(value, str) else ""
    return sum(max(1, -(-len(part) // max(int(width), 6))) for part in text.split("\n")) or 1


def _header_height(table: Table, widths: list[float]) -> float:
    """Return the height of the header row, in points: room for its longest header's lines."""
    lines = max(
        len(textwrap.wrap(column.header, max(int(width) - 3, 6)))
        for column, width in zip(table.columns, widths, strict=False)
    )
    return 14.0 * min(lines, 4) + 4
