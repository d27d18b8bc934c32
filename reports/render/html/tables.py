"""Cells, paragraphs and tables of a workbook as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.formulas.values import as_number
from reports.layout import Area, Book, column_letters, headline
from reports.links import is_allowed
from reports.render.html.views import CellView, PictureView, RowView, SpotView, TableView
from reports.render.html.wording import shown, stored
from reports.render.text import cleaned
from reports.spec import Column, Kind, Picture, Prose, Table, Unit, Value

MOST_ROWS = 200
"""Rows of a table on the page; the workbook has them all, and the page says so."""
_LONG = 24
"""Characters of a text above which its column keeps room to wrap in."""


def reference(sheet: str, row: int, column: int) -> str:
    """Return `Sheet!A1` of a cell counted from zero."""
    return f"{sheet}!{column_letters(column)}{row + 1}"


def text_cell(sheet: str, row: int, text: str) -> CellView:
    """Return a cell of column A that holds text: a title, a heading, a paragraph."""
    return CellView(reference(sheet, row, 0), cleaned(text))


def paragraphs(book: Book, block: Prose, area: Area) -> Iterator[CellView]:
    """Yield heading and paragraphs of a block of prose; empty ones are left out."""
    if block.heading:
        yield CellView(reference(area.sheet, area.heading_row, 0), cleaned(block.heading), "", "h")
    for offset, paragraph in enumerate(book.paragraphs(block)):
        if paragraph:
            yield text_cell(area.sheet, area.first_row + offset, paragraph)


def value_cell(book: Book, table: str, column: str, row: int) -> CellView:
    """Return one body cell of a table (its total for row -1), without its link."""
    described = book.tables[table].column(column)
    value = book.total(table, column) if row < 0 else book.cell(table, column, row)
    unit = described.unit if row < 0 else described.unit_at(row)
    return CellView(
        reference(*book.position(table, column, row)),
        shown(value, unit),
        stored(value),
        _look(value, unit),
    )


def _look(value: Value, unit: Unit) -> str:
    """Return the style classes of a value."""
    if unit is Unit.STATUS and isinstance(value, str):
        words = {"FAIL": "fail", "WARN": "warn", "NOT_COMPUTED": "warn", "PASS": "pass"}
        return next((look for word, look in words.items() if word in value), "")
    if not (unit.is_numeric or unit is Unit.INTEGER):
        return ""
    if isinstance(value, str):
        return "n none"
    return "n" if value is None or as_number(value) else "n zero"


def table_view(
    book: Book,
    table: Table,
    anchors: Mapping[str, str],
    *,
    is_folded: bool = False,
    has_spots: bool = False,
) -> TableView:
    """Return a table as the page shows it.

    Args:
        book: The workbook.
        table: One of its tables.
        anchors: Sheet name → anchor, for links inside the workbook.
        is_folded: Shown on request.
        has_spots: A picture leads to its rows.
    """
    area = book.areas[table.name]
    columns = tuple(
        (index, column) for index, column in enumerate(table.columns) if not _is_to_fill_in(column)
    )
    rows = min(table.length, MOST_ROWS)
    heading = note = None
    if area.heading_row >= 0:
        heading = text_cell(area.sheet, area.heading_row, headline(table, area))
    if area.note_row >= 0:
        note = text_cell(area.sheet, area.note_row, table.note)
    return TableView(
        f"{book.workbook.name}-{table.name}",
        heading,
        cleaned(table.heading or area.sheet),
        note,
        tuple(_header(book, table, area, *column) for column in columns),
        tuple(
            RowView(
                tuple(_body_cell(book, table, column, row, anchors) for _, column in columns),
                row in table.strong_rows,
            )
            for row in range(rows)
        ),
        tuple(_totals(book, table, area, columns)),
        table.length - rows,
        is_folded,
        has_spots,
    )


def picture_view(book: Book, picture: Picture) -> PictureView:
    """Return a picture with links from its places to the rows of its table."""
    spots = tuple(
        SpotView(
            row_anchor(book, picture.table, spot.row),
            cleaned(
                str(book.cell(picture.table, book.tables[picture.table].columns[0].key, spot.row))
            ),
            spot.left * 100,
            spot.top * 100,
            spot.width * 100,
            spot.height * 100,
        )
        for spot in picture.spots
    )
    return PictureView(picture.svg, picture.description, spots)


def row_anchor(book: Book, table: str, row: int) -> str:
    """Return the id of a row on the page."""
    return f"{book.workbook.name}-{table}-{row + 1}"


def _is_to_fill_in(column: Column) -> bool:
    """Return whether a column has nothing to read: to be written in, or drawn over."""
    is_open = column.kind is Kind.INPUT or bool(column.trends)
    return is_open and not any(column.values or ())


def _header(book: Book, table: Table, area: Area, index: int, column: Column) -> CellView:
    ref = reference(area.sheet, area.header_row, index)
    look = ""
    if column.unit.is_numeric or column.unit is Unit.INTEGER:
        look = "n"
    elif any(len(str(value)) > _LONG for value in book.column(table.name, column.key)[:MOST_ROWS]):
        look = "t"
    return CellView(ref, cleaned(column.header), "", look)


def _body_cell(
    book: Book, table: Table, column: Column, row: int, anchors: Mapping[str, str]
) -> CellView:
    cell = value_cell(book, table.name, column.key, row)
    link = column.links[row] if column.links else ""
    target = _target(link, book, anchors)
    return CellView(cell.ref, cell.text, cell.number, cell.look, target) if target else cell


def _target(link: str, book: Book, anchors: Mapping[str, str]) -> str:
    """Return where a link leads on the page: a section, a listed host, or nowhere."""
    if link.startswith("#"):
        anchor = anchors.get(link[1:], "")
        return f"#{anchor}" if anchor else ""
    return link if link and is_allowed(link, book.workbook.link_hosts) else ""


def _totals(
    book: Book, table: Table, area: Area, columns: tuple[tuple[int, Column], ...]
) -> Iterator[CellView]:
    if area.total_row < 0:
        return
    for index, column in columns:
        if column.total is not None:
            yield value_cell(book, table.name, column.key, -1)
        else:
            text = cleaned(table.total_label) if index == 0 else ""
            yield CellView(reference(area.sheet, area.total_row, index), text)
