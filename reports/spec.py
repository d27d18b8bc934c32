"""A workbook described as frozen values: what stands where, before any file exists.

A description knows nothing of the program that writes it. Blocks are columnar: one column has
one purpose, one unit and, where it is calculated, one formula for all its rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Protocol

from capstream.types import ZERO_DIGIT_CURRENCIES

Value = Decimal | int | str | bool | date | None
"""What a cell can hold. Money, hours and ratios are Decimal, never float."""

HEADER_ROW = 4
"""Zero-based row of a sheet's first table header; the rows above it are title and status."""


class Unit(StrEnum):
    """Class of a column's values: decides number format, alignment and the header's unit."""

    TEXT = "text"
    MONEY = "money"
    MONEY_WHOLE = "money_whole"
    RATE = "rate"
    HOURS = "hours"
    FTE = "fte"
    RATIO = "ratio"
    POINTS = "points"
    COUNT = "count"
    INTEGER = "integer"
    DATE = "date"
    MONTH = "month"
    STATUS = "status"

    @property
    def is_numeric(self) -> bool:
        """Whether the values are numbers that need a unit in their header."""
        return self not in {Unit.TEXT, Unit.STATUS, Unit.DATE, Unit.MONTH, Unit.INTEGER}


class Kind(Enum):
    """Where a column's values come from; decides its colour."""

    IMPORTED = "imported"
    CALCULATED = "calculated"
    INPUT = "input"


class Grid(Protocol):
    """What a formula may ask of the workbook that it stands in."""

    def address(self, scope: Scope, block: str, column: str, row: int | None) -> str:
        """Return the A1 address of one cell, or of a whole column when `row` is None."""
        ...

    def cell(self, block: str, column: str, row: int) -> Value:
        """Return the value of one cell of a block's body."""
        ...

    def column(self, block: str, column: str) -> tuple[Value, ...]:
        """Return the values of a block's column, top to bottom."""
        ...

    def total_address(self, scope: Scope, block: str, column: str) -> str:
        """Return the A1 address of a column's total cell."""
        ...

    def total(self, block: str, column: str) -> Value:
        """Return the value of a column's total cell."""
        ...

    def named(self, name: str) -> Value:
        """Return the value of the cell that a defined name points to."""
        ...

    def is_formula(self, block: str, column: str, row: int) -> bool:
        """Return whether a cell is calculated."""
        ...

    def sheet_of(self, block: str) -> str:
        """Return the name of the sheet that holds a block."""
        ...

    def sheet_of_name(self, name: str) -> str:
        """Return the name of the sheet that a defined name points into."""
        ...

    def row_of(self, block: str, key: str) -> int:
        """Return the body row that carries a key."""
        ...

    def remembered(self, key: tuple[object, ...]) -> dict[object, object]:
        """Return a scratch index that lives as long as the grid (for sums by key)."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """The cell that a formula stands in: its workbook, block and body row (-1 in a total)."""

    grid: Grid
    block: str
    row: int


class Formula(Protocol):
    """A calculation that can write itself for a spreadsheet and compute itself here."""

    def excel(self, scope: Scope) -> str:
        """Write the formula without the leading equals sign."""
        ...

    def evaluate(self, scope: Scope) -> Value:
        """Compute the formula over the same description, exactly."""
        ...

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Return the names of the sheets it refers to."""
        ...


_WHOLE = {Unit.MONEY: Unit.MONEY_WHOLE}
_CURRENCY = re.compile(r"\(([A-Z]{3})\b")


def _names_whole_currency(header: str) -> bool:
    """Say whether a header names a currency without minor units: `Cost (JPY)`."""
    named = _CURRENCY.search(header)
    return named is not None and named[1] in ZERO_DIGIT_CURRENCIES


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a block.

    Attributes:
        key: Name inside the block, snake case.
        header: What the reader sees, with the unit in brackets for every number.
        unit: Class of its values.
        values: One value or formula a row; None where `formula` serves every row.
        formula: The one formula of a calculated column.
        kind: Where the values come from.
        units: A unit a row, where a statement mixes them.
        links: A web address or internal `#Sheet` a row; empty text for none.
        total: Formula of the total cell.
        choices: Values that an input cell offers.
        width: Width in characters; 0 lets the layout choose.
        trends: A table and a column of it a row, drawn as a small line over the empty cell.
    """

    key: str
    header: str
    unit: Unit = Unit.TEXT
    values: tuple[Value | Formula, ...] | None = None
    formula: Formula | None = None
    kind: Kind = Kind.IMPORTED
    units: tuple[Unit, ...] = ()
    links: tuple[str, ...] = ()
    total: Formula | None = None
    choices: tuple[str, ...] = ()
    width: float = 0
    is_wrapped: bool = False
    trends: tuple[tuple[str, str] | None, ...] = ()

    def __post_init__(self) -> None:
        """Let the currency of the header decide the digits: yen have none behind the point."""
        if _names_whole_currency(self.header):
            object.__setattr__(self, "unit", _WHOLE.get(self.unit, self.unit))
            units = tuple(_WHOLE.get(unit, unit) for unit in self.units)
            object.__setattr__(self, "units", units)

    def unit_at(self, row: int) -> Unit:
        """Return the unit of one body row."""
        return self.units[row] if self.units else self.unit

    def content(self, row: int) -> Value | Formula:
        """Return what stands in one body row."""
        if self.values is None:
            return self.formula
        return self.values[row]


@dataclass(frozen=True, slots=True)
class Table:
    """A block of columns with a header row.

    Attributes:
        name: Defined name of the table, `tbl_…`, unique in the workbook.
        columns: Columns from left to right.
        length: Rows of the body, at least one.
        heading: Line above the block; empty for the first block of most sheets.
        total_label: Text in the first cell of the totals row; empty for no totals.
        is_total_above: Totals stand above the header, where freezing keeps them in sight.
        keys: Row keys, for references from elsewhere.
        names: Defined names of single cells: (column, row) → name; row -1 is the total.
        strong_rows: Rows set in bold with a line above (subtotals, closing balances).
        note: A line of explanation under the heading.
        is_listed: Written as a table of the spreadsheet program, with filter buttons.
    """

    name: str
    columns: tuple[Column, ...]
    length: int
    heading: str = ""
    total_label: str = ""
    is_total_above: bool = False
    keys: tuple[str, ...] = ()
    names: Mapping[tuple[str, int], str] = field(default_factory=dict)
    strong_rows: frozenset[int] = frozenset()
    note: str = ""
    is_listed: bool = True

    def column(self, key: str) -> Column:
        """Return a column by its key.

        Raises:
            KeyError: The block has no such column.
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"table {self.name} has no column {key}")


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of text, one row each, wrapped over the sheet's width.

    Attributes:
        paragraphs: The text; empty places where `tell` writes it.
        heading: Line above.
        columns: Columns that it takes.
        tell: Writes as many paragraphs from the workbook, once its figures are known.
    """

    paragraphs: tuple[str, ...]
    heading: str = ""
    columns: int = 6
    tell: Callable[[Any], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: a column of a table against the chart's categories."""

    column: str
    title: str
    colour: str
    is_line: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart over one table.

    Attributes:
        kind: `column`, `stacked`, `bar`, `line`, `area` or `dumbbell` (dots joined by category).
        table: Table that holds categories and series.
        categories: Column of the category labels.
        series: At most seven.
        title: What the chart says.
        description: Alternative text: what a reader who cannot see it should know.
        value_title: Title of the value axis, with its unit.
        category_title: Title of the category axis.
        anchor: Zero-based row and column of the upper left corner.
        size: Width and height in pixels.
        line_title: Title of the second axis of line series; empty for none.
        is_share: Values are shares that add up to a whole.
        value_format: Number format of the value axis.
        line_format: Number format of the second axis.
    """

    kind: str
    table: str
    categories: str
    series: tuple[Series, ...]
    title: str
    description: str
    value_title: str
    category_title: str
    anchor: tuple[int, int]
    size: tuple[int, int] = (620, 300)
    line_title: str = ""
    is_share: bool = False
    value_format: str = "#,##0"
    line_format: str = "0%"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a picture that stands for a row of a table, in parts of its width and height."""

    row: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a sheet, over cells that stay empty.

    Attributes:
        png: The file's bytes.
        description: Alternative text: what a reader who cannot see it should know.
        anchor: Zero-based row and column of the upper left corner.
        scale: Size on the sheet over the size in pixels.
        svg: The same picture for the page, as one SVG element.
        table: Table whose rows the spots stand for; empty for none.
        spots: Places that lead to rows of the table.
    """

    png: bytes
    description: str
    anchor: tuple[int, int]
    scale: float = 0.5
    svg: str = ""
    table: str = ""
    spots: tuple[Spot, ...] = ()


Block = Table | Prose


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: title, blocks from top to bottom, charts.

    Attributes:
        name: Name on the tab, at most 31 characters.
        title: Text of A1.
        index: Workpaper reference, such as `B2`.
        purpose: One line for the contents.
        blocks: Blocks in order.
        charts: Charts, placed by their anchors.
        pictures: Pictures, placed by their anchors.
        frozen_columns: Columns kept in sight.
        is_header_frozen: The first block's header stays in sight; false where blocks below it
            have other headers.
        gap_rows: Empty rows kept between the first block and the next (room for charts).
        paper: Paper size code: 9 is A4, 8 is A3.
        tab: Colour of the tab.
        is_one_page: Printed on a single page.
        printed_columns: Columns that go to paper; 0 for all.
        printed_blocks: Blocks that go to paper, from the top; 0 for all.
        printed_rows: Body rows of the last printed block that go to paper; 0 for all.
    """

    name: str
    title: str
    index: str
    purpose: str
    blocks: tuple[Block, ...]
    charts: tuple[Chart, ...] = ()
    pictures: tuple[Picture, ...] = ()
    frozen_columns: int = 1
    is_header_frozen: bool = True
    gap_rows: int = 0
    paper: int = 9
    tab: str = ""
    is_one_page: bool = False
    printed_columns: int = 0
    printed_blocks: int = 0
    printed_rows: int = 0


@dataclass(frozen=True, slots=True)
class PackStamp:
    """What every file of one pack carries.

    Attributes:
        run_id: Identity of the run: a hash of inputs, configuration, code and month.
        inputs_sha256: Hash over every input file.
        code_version: Version of Capstream.
        policy_version: Policies in force, `id@version` joined by commas.
        data_as_of: Newest record that the pack knows, ISO 8601.
        status: `DRAFT` or `ISSUED`.
        month: The month, `YYYY-MM`.
        company_name: Name on every subtitle.
        currency: Reporting currency.
    """

    run_id: str
    inputs_sha256: str
    code_version: str
    policy_version: str
    data_as_of: str
    status: str
    month: str
    company_name: str
    currency: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook.

    Attributes:
        name: `finance`, `investment` or `ai_roi`.
        title: Document title.
        subject: Document subject.
        stamp: What ties the file to its run.
        sheets: Sheets in reading order: the one place where their order stands.
        link_hosts: Hosts that links may lead to.
        status_name: Defined name of the master status cell.
    """

    name: str
    title: str
    subject: str
    stamp: PackStamp
    sheets: tuple[Sheet, ...]
    link_hosts: frozenset[str] = frozenset()
    status_name: str = "out_status"

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by name.

        Raises:
            KeyError: There is no such sheet.
        """
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(f"workbook {self.name} has no sheet {name}")
