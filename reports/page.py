"""What of the three workbooks stands on the page for leaders, and in which order.

The page computes nothing: it takes the described workbooks after their cells are known. Of the
workpaper it takes headlines and the figures behind charts of the whole company, never a row of
a component or a person; the other two workbooks are made for the same readers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from capstream.types import Month
from reports.formulas import Named
from reports.layout import Book
from reports.render.html.charts import DRAWABLE, chart_view
from reports.render.html.page import write_page
from reports.render.html.tables import (
    paragraphs,
    picture_view,
    table_view,
    text_cell,
    value_cell,
)
from reports.render.html.views import CellView, PageView, PartView, SectionView, TileView
from reports.spec import PackStamp, Prose, Sheet, Table
from reports.workbooks.finance.chart_data import CIP_BRIDGE, RUN_OFF
from reports.workbooks.finance.names import KPIS, TREND
from reports.workbooks.shared.checks import CHECKS, FORMULAS, OVERALL, PIPELINE
from reports.workbooks.shared.cover import ABOUT, CONTENTS, HEADLINES

COVER = "Cover"
ELSEWHERE = frozenset({COVER, "Assumptions", "IPE", "DeployDetail", "Draws"})
"""Sheets of the leaders' workbooks that are looked up there, not read through."""
CHAPTERS = {"Checks": "checks", "ChartData": "reference", "Glossary": "reference"}
"""Chapter of a sheet at the back of the page; every other sheet is read in order."""
WITHHELD = frozenset({PIPELINE, FORMULAS})
"""Tables that stand in the workbooks only: the detail of a pipeline's check may name a person."""
ABOUT_ROWS = ("Data as of", "Policy version", "Run id", "Code version", "Inputs SHA-256")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page takes of one workbook.

    Attributes:
        tiles: Defined names of the headlines at the top.
        tables: The only tables shown; empty for every table of every sheet but `ELSEWHERE`.
        names: Sheet → name in the contents, where the sheet's own says too little.
        is_for_leaders: The workbook has the same readers as the page.
    """

    tiles: tuple[str, ...]
    tables: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    is_for_leaders: bool = True


OUTLINE: Mapping[str, Shown] = {
    "finance": Shown(
        ("out_cost", "out_capex", "out_rate"),
        frozenset({KPIS, TREND, CIP_BRIDGE, RUN_OFF, OVERALL, CHECKS}),
        {"Summary": "Capitalisation"},
        is_for_leaders=False,
    ),
    "investment": Shown(("out_new_capability",), names={"PRFlow": "Pull requests"}),
    "ai_roi": Shown(("out_ai_spend",), names={"Spend": "AI spend", "Adoption": "AI adoption"}),
}


def page_part(book: Book, file: str) -> PartView:
    """Return what the page shows of one workbook.

    Args:
        book: The workbook, its cells known or computed on demand.
        file: Name of its file in the pack.
    """
    shown = OUTLINE[book.workbook.name]
    sheets = [sheet for sheet in book.workbook.sheets if _tables(sheet, shown)]
    anchors = {sheet.name: _anchor(book, sheet) for sheet in sheets}
    taken = frozenset(table.name for sheet in sheets for table in _tables(sheet, shown))
    cover, about = book.workbook.sheet(COVER), _about(book)
    return PartView(
        book.workbook.name,
        file,
        text_cell(COVER, 0, cover.title),
        about["Company"],
        value_cell(book, *book.names[book.workbook.status_name]),
        tuple((label, about[label]) for label in ABOUT_ROWS),
        tuple(_tile(book, name, anchors) for name in shown.tiles),
        tuple(_section(book, sheet, shown, anchors, taken) for sheet in sheets),
        (
            *(sheet.name for sheet in book.workbook.sheets if sheet.name not in anchors),
            *sorted(book.tables[name].heading for name in WITHHELD & book.tables.keys()),
        ),
        shown.is_for_leaders,
    )


def write_report_page(stamp: PackStamp, parts: tuple[PartView, ...], path: Path) -> None:
    """Write the page of a month from the parts of its workbooks."""
    month = Month.parse(stamp.month)
    write_page(PageView(stamp, f"{month.first_day:%B %Y}", parts), path)


def _tables(sheet: Sheet, shown: Shown) -> tuple[Table, ...]:
    """Return the tables of a sheet that stand on the page."""
    tables = tuple(block for block in sheet.blocks if not isinstance(block, Prose))
    if shown.tables:
        return tuple(table for table in tables if table.name in shown.tables)
    if sheet.name in ELSEWHERE:
        return ()
    return tuple(table for table in tables if table.name not in WITHHELD)


def _anchor(book: Book, sheet: Sheet) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{book.workbook.name}-{sheet.name}".lower()).strip("-")


def _spaced(name: str) -> str:
    """Return a sheet's name in words: `ValueStreams` → `Value streams`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").split()
    return " ".join([*words[:1], *(word if word.isupper() else word.lower() for word in words[1:])])


def _section(
    book: Book, sheet: Sheet, shown: Shown, anchors: Mapping[str, str], taken: frozenset[str]
) -> SectionView:
    areas = zip(sheet.blocks, book.sheet_areas[sheet.name], strict=True)
    chapter = CHAPTERS.get(sheet.name, "reading")
    title = f"{sheet.index}  {sheet.title}" if sheet.index else sheet.title
    return SectionView(
        anchors[sheet.name],
        chapter,
        text_cell(sheet.name, 0, title),
        shown.names.get(sheet.name) or _spaced(sheet.name),
        value_cell(book, CONTENTS, "purpose", book.column(CONTENTS, "sheet").index(sheet.name)),
        tuple(
            cell
            for block, area in areas
            if isinstance(block, Prose) and not shown.tables
            for cell in paragraphs(book, block, area)
        ),
        tuple(
            chart_view(book, chart, f"{anchors[sheet.name]}-chart-{number}")
            for number, chart in enumerate(map(book.drawable, sheet.charts), start=1)
            if chart.table in taken and chart.kind in DRAWABLE and chart.series
        ),
        () if shown.tables else tuple(picture_view(book, one) for one in sheet.pictures),
        tuple(
            table_view(
                book,
                table,
                anchors,
                is_folded=chapter == "reference",
                has_spots=any(picture.table == table.name for picture in sheet.pictures),
            )
            for table in _tables(sheet, shown)
        ),
    )


def _tile(book: Book, name: str, anchors: Mapping[str, str]) -> TileView:
    """Return a headline: its label from the cover, its change from its own row."""
    block, column, row = book.names[name]
    change = next((item for item in book.tables[block].columns if item.key == "change"), None)
    moved = None
    if change is not None and change.content(row) is not None:
        moved = value_cell(book, block, change.key, row)
    shown_on_cover = book.tables[HEADLINES].column("value").values or ()
    return TileView(
        value_cell(book, HEADLINES, "headline", shown_on_cover.index(Named(name))),
        value_cell(book, block, column, row),
        moved,
        anchors[book.sheet_of(block)],
    )


def _about(book: Book) -> dict[str, CellView]:
    """Return what the cover says of the workbook and its run, by label."""
    labels = book.column(ABOUT, "item")
    return {str(label): value_cell(book, ABOUT, "value", row) for row, label in enumerate(labels)}
