"""Rules on what a reader sees: kinds of values, widths, colours, contrast, charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reports.formats import BLUE, GREEN, Tone
from reports.rules.file_rules import Breach
from reports.rules.formula_text import reference_of
from reports.rules.opened import Cell, ListedTable, Opened, OpenedSheet

WIDEST = 60
LEAST_CONTRAST = 4.5
NO_VALUE = frozenset(
    {
        "n/a",
        "-",
        "never",
        "hidden",
        "(none)",
        "",
        "not known",
        "not estimable",
        "no interval",
        "no band",
        "no bound",
        "no test",
        "no limit",
        "not measured",
        "as entered",
    }
)
"""Words that may stand in a column of numbers: they say why there is none."""
MIXED_HEADERS = ("unit beside", "unit at left", "as described")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DECIMAL_TEXT = re.compile(r"-?[0-9]{1,3}(,?[0-9]{3})*\.[0-9]+")
_DAY_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEB = re.compile(r"https?://\S+")


def _columns(book: Opened) -> Iterator[tuple[ListedTable, str, list[Cell]]]:
    """Yield each column of each table with its cells that hold something."""
    for table in book.tables:
        sheet = book.sheet(table.sheet)
        for offset, header in enumerate(table.headers):
            cells = (sheet.at(row, table.left + offset) for row in table.body) if sheet else ()
            yield table, header, [cell for cell in cells if cell is not None and cell.value]


def f13(book: Opened) -> Iterator[Breach]:
    """No number or date stored as text; one kind of value a column."""
    for table, header, cells in _columns(book):
        if any(words in header for words in MIXED_HEADERS):
            continue
        has_numbers = any(cell.is_number for cell in cells)
        for cell in cells:
            value = cell.value or ""
            if cell.kind != "text" or cell.formula is not None or _says_why_not(value):
                continue
            where = f"{table.sheet}!{cell.ref}"
            if has_numbers or "0" in book.number_format(cell):
                yield where, f"text {value[:30]!r} stands in a column of numbers"
            elif _DAY_TEXT.fullmatch(value):
                yield where, f"the date {value} is stored as text"
            elif "(" in header and _DECIMAL_TEXT.fullmatch(value):
                yield where, f"the number {value} is stored as text"


def _says_why_not(value: str) -> bool:
    return value in NO_VALUE or value.startswith("not computed: ")


def l02(book: Opened) -> Iterator[Breach]:
    """Columns are wide enough for their numbers and no wider than sixty characters."""
    for sheet in book.sheets:
        widths: dict[int, float] = {}
        for item in sheet.frame.get("col", []):
            for column in range(int(item["min"]), min(int(item["max"]), 500) + 1):
                widths[column] = float(item.get("width", "9"))
        for column, width in widths.items():
            if width > WIDEST + 1:
                yield sheet.name, f"column {column} is {width:.0f} characters wide"
        for cell in sheet.cells.values():
            width = widths.get(cell.column, 9.0)
            if cell.is_number and _shown_length(book, cell) > width:
                yield f"{sheet.name}!{cell.ref}", "the column is too narrow for its number"


def _shown_length(book: Opened, cell: Cell) -> int:
    """Return about how many characters a number takes in its format."""
    form = book.number_format(cell)
    number = abs(cell.number)
    if "yyyy" in form:
        return 10
    if "%" in form:
        return len(f"{number * 100:.1f}%")
    decimals = len(form.partition(";")[0].partition(".")[2].rstrip('" pts')) if form else 0
    brackets = 2 if "(" in form and cell.number < 0 else 0
    return len(f"{number:,.{min(decimals, 8)}f}") + brackets


def l03(book: Opened) -> Iterator[Breach]:
    """No merged cells; no empty row inside a table."""
    for sheet in book.sheets:
        for item in sheet.frame.get("mergeCell", []):
            yield f"{sheet.name}!{item.get('ref')}", "the cells are merged"
    for table in book.tables:
        sheet_of = book.sheet(table.sheet)
        for row in table.body:
            cells = (
                sheet_of.at(row, column) if sheet_of else None
                for column in range(table.left, table.right + 1)
            )  # fmt: skip
            if not any(cell and (cell.value or cell.formula) for cell in cells):
                yield f"{table.sheet}!{row}", f"a row of {table.name} is empty"


def l04(book: Opened) -> Iterator[Breach]:
    """Imported numbers are blue, formulas are not; what comes from another sheet is green."""
    blue = {_plain(BLUE), _plain(Tone.INPUT.value)}
    for table, _, cells in _columns(book):
        for cell in cells:
            colour, _ = book.colours(cell)
            where = f"{table.sheet}!{cell.ref}"
            if cell.formula is None:
                if cell.is_number and colour not in blue:
                    yield where, "an imported number is not blue"
            elif colour in blue:
                yield where, "a formula is blue like an imported number"
            elif "!" in cell.formula and colour != _plain(GREEN):
                yield where, "a formula from another sheet is not green"


def a02(book: Opened) -> Iterator[Breach]:
    """Font and fill stand apart by 4.5 to 1; a link has words, not an address."""
    seen: set[tuple[str, str]] = set()
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            pair = book.colours(cell)
            if cell.value and pair not in seen:
                seen.add(pair)
                if contrast(*pair) < LEAST_CONTRAST:
                    yield f"{sheet.name}!{cell.ref}", f"{pair[0]} on {pair[1]} cannot be read"
        yield from _bare_links(sheet)


def _bare_links(sheet: OpenedSheet) -> Iterator[Breach]:
    for item in sheet.frame.get("hyperlink", []):
        row_column = reference_of(str(item.get("ref")), sheet.name)
        cell = sheet.at(row_column.top, row_column.left) if row_column else None
        if cell is not None and _WEB.fullmatch(cell.value or ""):
            yield f"{sheet.name}!{cell.ref}", "the link shows its address instead of words"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours `RRGGBB` (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _plain(colour: str) -> str:
    return colour.removeprefix("#").upper()


def c01(book: Opened) -> Iterator[Breach]:
    """Charts have titles with units, at most seven series, and every series has numbers."""
    for part in sorted(book.parts):
        if not re.fullmatch(r"xl/charts/chart\d+\.xml", part):
            continue
        root = book.xml(part)
        tags = {item.tag.removeprefix(_CHART) for item in root.iter()}
        if any(tag.endswith("3DChart") or tag == "view3D" for tag in tags):
            yield part, "the chart is three-dimensional"
        series = list(root.iter(f"{_CHART}ser"))
        if not 1 <= len(series) <= 7:
            yield part, f"the chart has {len(series)} series"
        titles = _titles(root)
        if not all(titles) or len(titles) < 3:
            yield part, "the chart or an axis has no title"
        if not any("(" in title for title in titles):
            yield part, "no axis names its unit"
        for found in series:
            for formula in found.iterfind(f"{_CHART}val//{_CHART}f"):
                if not _has_numbers(book, formula.text or ""):
                    yield part, f"the series {formula.text} has no numbers"


def _titles(root: Element) -> list[str]:
    """Return the titles of a chart and of each axis that is shown; empty where one has none."""
    shown = [
        axis
        for kind in ("catAx", "valAx", "dateAx")
        for axis in root.iter(f"{_CHART}{kind}")
        if not any(item.get("val") == "1" for item in axis.iterfind(f"{_CHART}delete"))
    ]
    owners = [*root.iterfind(f"{_CHART}chart"), *shown]
    return [
        "".join(text.text or "" for text in owner.iterfind(f"{_CHART}title//{_DRAWN}t"))
        for owner in owners
    ]


def _has_numbers(book: Opened, formula: str) -> bool:
    """Say whether a range holds numbers, or says that there is nothing to divide by."""
    reference = reference_of(formula, "")
    sheet = book.sheet(reference.sheet) if reference else None
    if reference is None or sheet is None:
        return False
    rows = range(reference.top, reference.bottom + 1)
    cells = (sheet.at(row, reference.left) for row in rows)
    return any(cell is not None and (cell.is_number or cell.value == "n/a") for cell in cells)
