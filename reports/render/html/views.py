"""What the page's templates are given: plain values, every one with the cell that it equals."""

from __future__ import annotations

from dataclasses import dataclass

from reports.spec import PackStamp


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: where it stands (`Sheet!A1`), what it reads, what it is worth.

    Attributes:
        ref: Sheet and address.
        text: What the reader sees.
        number: The number as the workbook stores it; empty for text.
        look: Style classes, separated by spaces.
        link: Where it leads: an https address, `#anchor`, or empty.
    """

    ref: str
    text: str
    number: str = ""
    look: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a table; a strong one is a subtotal or a balance."""

    cells: tuple[CellView, ...]
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """One table.

    Attributes:
        anchor: Its id on the page.
        heading: Cell of the line above it, None where the sheet has none.
        label: Name for those who cannot see it.
        note: Cell of its explanation, None for none.
        headers: Cells of the header row.
        rows: The body.
        totals: Cells of the totals row; empty for none.
        left_out: Rows that stand in the workbook only.
        is_folded: Shown on request: figures behind a chart, glossaries.
        has_spots: A picture leads to its rows, so each has an id.
    """

    anchor: str
    heading: CellView | None
    label: str
    note: CellView | None
    headers: tuple[CellView, ...]
    rows: tuple[RowView, ...]
    totals: tuple[CellView, ...] = ()
    left_out: int = 0
    is_folded: bool = False
    has_spots: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One value drawn: a bar (`rect`) or a point (`circle`, radius in `width`).

    Attributes:
        shape: `rect` or `circle`.
        x: Left edge, or the point's middle.
        y: Upper edge, or the point's middle.
        width: Width, or the point's radius.
        height: Height of a bar.
        colour: Colour of its series.
        label: Series and category, in words.
        cell: The cell drawn.
    """

    shape: str
    x: float
    y: float
    width: float
    height: float
    colour: str
    label: str
    cell: CellView


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or, filled, an area between values."""

    path: str
    colour: str
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A letter of the scale: where it stands and how it is set."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    is_slanted: bool = False


@dataclass(frozen=True, slots=True)
class ChartView:
    """One chart, drawn.

    Attributes:
        anchor: Its id on the page.
        title: What it says.
        description: Alternative text.
        width: Width of the drawing, in its own units.
        height: Height of the drawing.
        legend: Colour and name of each series shown.
        rules: Grid lines as (x1, y1, x2, y2).
        ticks: Letters of the scales.
        strokes: Lines and areas.
        marks: Bars and points.
        table: Anchor of the table with its figures.
    """

    anchor: str
    title: str
    description: str
    width: float
    height: float
    legend: tuple[tuple[str, str], ...]
    rules: tuple[tuple[float, float, float, float], ...]
    ticks: tuple[Tick, ...]
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    table: str


@dataclass(frozen=True, slots=True)
class SpotView:
    """A place of a picture, in parts of its size, that leads to the row with its figures."""

    row: str
    name: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture as one SVG element; its figures stand in the rows that its spots lead to."""

    svg: str
    description: str
    spots: tuple[SpotView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """One sheet on the page.

    Attributes:
        anchor: Its id on the page.
        chapter: `reading`, `checks` or `reference`.
        title: Cell of its title.
        name: Short name for the contents.
        purpose: Cell of the line below the title.
        prose: Paragraphs.
        charts: Charts, in the sheet's order.
        pictures: Pictures, in the sheet's order.
        tables: Tables, in the sheet's order.
    """

    anchor: str
    chapter: str
    title: CellView
    name: str
    purpose: CellView
    prose: tuple[CellView, ...]
    charts: tuple[ChartView, ...]
    pictures: tuple[PictureView, ...]
    tables: tuple[TableView, ...]


@dataclass(frozen=True, slots=True)
class TileView:
    """A headline: its label, its value, its change against last month where there is one."""

    label: CellView
    value: CellView
    change: CellView | None
    anchor: str


@dataclass(frozen=True, slots=True)
class PartView:
    """What the page shows of one workbook.

    Attributes:
        workbook: `finance`, `investment` or `ai_roi`.
        file: Name of the workbook's file.
        title: Cell of its title.
        company: Cell of the company's name.
        status: Cell of its overall check status.
        about: Label and cell of what ties it to its run.
        tiles: Its headlines at the top of the page.
        sections: The sheets shown.
        elsewhere: Names of the sheets that stand in the workbook only.
        is_linked: The page links the file: it is for the same readers.
    """

    workbook: str
    file: str
    title: CellView
    company: CellView
    status: CellView
    about: tuple[tuple[str, CellView], ...]
    tiles: tuple[TileView, ...]
    sections: tuple[SectionView, ...]
    elsewhere: tuple[str, ...]
    is_linked: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page."""

    stamp: PackStamp
    month_name: str
    parts: tuple[PartView, ...]

    def chapter(self, name: str) -> tuple[tuple[PartView, SectionView], ...]:
        """Return the sections of a chapter, each with the part that it comes from."""
        return tuple(
            (part, section)
            for part in self.parts
            for section in part.sections
            if section.chapter == name
        )
