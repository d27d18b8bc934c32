"""A finished workbook as its parts say it: cells, tables, names, properties.

Read straight from the XML, because a reader library hides what a rule must see (missing cached
values, quote prefixes, links) and takes minutes over a large sheet.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its formula, its stored value and its style number."""

    ref: str
    row: int
    column: int
    kind: str
    formula: str | None
    value: str | None
    style: int

    @property
    def is_number(self) -> bool:
        """Whether the stored value is a number."""
        return self.kind == "n" and self.value is not None

    @property
    def number(self) -> Decimal:
        """The stored number; zero where there is none."""
        return Decimal(self.value) if self.is_number and self.value else Decimal(0)


@dataclass(frozen=True, slots=True)
class ListedTable:
    """A table of the spreadsheet program: where it stands and what its columns are called."""

    name: str
    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    headers: tuple[str, ...]
    has_totals: bool
    filter_ref: str

    @property
    def body(self) -> range:
        """Rows of the body, from one."""
        return range(self.top + 1, self.bottom + (0 if self.has_totals else 1))


@dataclass
class OpenedSheet:
    """One sheet: its cells by reference, and the XML around them."""

    name: str
    path: str
    state: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    frame: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    footer: str = ""

    def at(self, row: int, column: int) -> Cell | None:
        """Return a cell by row and column, from one."""
        return self.cells.get((row, column))


def column_number(letters: str) -> int:
    """Return the number of a column, from one."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def split_reference(reference: str) -> tuple[int, int]:
    """Return row and column, from one, of an address such as `$B$7`."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(f"{reference!r} is not the address of a cell")
    return int(match[2]), column_number(match[1])


class Opened:
    """A workbook file, opened part by part.

    Args:
        path: The file.

    Raises:
        zipfile.BadZipFile: It is no zip file.
        KeyError: A part that every workbook has is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def xml(self, name: str) -> Element:
        """Return the root of a part."""
        root: Element = ElementTree.fromstring(self.parts[name])
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Return id → (target, type, is external) of a part's relations."""
        folder, _, base = name.rpartition("/")
        part = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if part not in self.parts:
            return {}
        return {
            str(item.get("Id")): (
                _resolved(folder, str(item.get("Target"))),
                str(item.get("Type")).rpartition("/")[2],
                item.get("TargetMode") == "External",
            )
            for item in self.xml(part)
        }

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        if "xl/sharedStrings.xml" not in self.parts:
            return []
        return [
            "".join(text.text or "" for text in item.iter(f"{MAIN}t"))
            for item in self.xml("xl/sharedStrings.xml")
        ]

    @cached_property
    def sheets(self) -> list[OpenedSheet]:
        """The sheets, in order, with their cells."""
        relations = self.relations("xl/workbook.xml")
        found = []
        for item in self.xml("xl/workbook.xml").iter(f"{MAIN}sheet"):
            target = relations[str(item.get(LINK))][0]
            sheet = OpenedSheet(str(item.get("name")), target, item.get("state", "visible"))
            self._read(sheet)
            found.append(sheet)
        return found

    def sheet(self, name: str) -> OpenedSheet | None:
        """Return a sheet by name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def _read(self, sheet: OpenedSheet) -> None:
        """Stream a sheet's XML: cells into the index, everything else by tag."""
        for _, item in ElementTree.iterparse(BytesIO(self.parts[sheet.path])):
            tag = item.tag.removeprefix(MAIN)
            if tag == "c":
                cell = self._cell(item)
                sheet.cells[cell.row, cell.column] = cell
            elif tag == "row":
                item.clear()
            elif tag not in {"v", "f", "is", "t"}:
                sheet.frame.setdefault(tag, []).append(dict(item.attrib))
                if tag == "oddFooter":
                    sheet.footer = item.text or ""

    def _cell(self, item: Element) -> Cell:
        reference = str(item.get("r"))
        row, column = split_reference(reference)
        kind = item.get("t", "n")
        formula, value = item.find(f"{MAIN}f"), item.find(f"{MAIN}v")
        text = None if value is None else value.text or ""
        if kind == "s" and text:
            text = self.strings[int(text)]
        return Cell(
            reference,
            row,
            column,
            "text" if kind in {"s", "str", "inlineStr"} else kind,
            None if formula is None else formula.text or "",
            text,
            int(item.get("s", "0")),
        )

    @cached_property
    def tables(self) -> list[ListedTable]:
        """Every table of every sheet."""
        found = []
        for sheet in self.sheets:
            for target, kind, _ in self.relations(sheet.path).values():
                if kind == "table":
                    found.append(self._table(sheet.name, target))
        return found

    def _table(self, sheet: str, part: str) -> ListedTable:
        root = self.xml(part)
        first, last = str(root.get("ref")).split(":")
        (top, left), (bottom, right) = split_reference(first), split_reference(last)
        filtered = root.find(f"{MAIN}autoFilter")
        return ListedTable(
            str(root.get("name")),
            sheet,
            top,
            left,
            bottom,
            right,
            tuple(str(column.get("name")) for column in root.iter(f"{MAIN}tableColumn")),
            root.get("totalsRowCount") == "1",
            "" if filtered is None else str(filtered.get("ref")),
        )

    def records(self, table: ListedTable) -> list[dict[str, Cell | None]]:
        """Return the body of a table as one record a row."""
        sheet = self.sheet(table.sheet)
        if sheet is None:
            return []
        return [
            {
                header: sheet.at(row, table.left + offset)
                for offset, header in enumerate(table.headers)
            }
            for row in table.body
        ]

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names → what they point to; print areas and titles left out."""
        return {
            str(item.get("name")): item.text or ""
            for item in self.xml("xl/workbook.xml").iter(f"{MAIN}definedName")
            if not str(item.get("name")).startswith("_xlnm.")
        }

    def links(self, sheet_name: str) -> dict[str, str]:
        """Return the outside addresses of a sheet by the cell that carries them."""
        sheet = self.sheet(sheet_name)
        if sheet is None:
            return {}
        targets = self.outside_targets(sheet.path)
        return {
            str(item.get("ref")): targets[item[LINK]]
            for item in sheet.frame.get("hyperlink", [])
            if item.get(LINK) in targets
        }

    def outside_targets(self, name: str) -> dict[str, str]:
        """Return id → address of a part's relations that lead outside, as they are written."""
        folder, _, base = name.rpartition("/")
        part = f"{folder}/_rels/{base}.rels"
        if part not in self.parts:
            return {}
        return {
            str(item.get("Id")): str(item.get("Target"))
            for item in self.xml(part)
            if item.get("TargetMode") == "External"
        }

    def named_cell(self, name: str) -> tuple[OpenedSheet, Cell | None] | None:
        """Return the sheet and cell that a defined name points to."""
        sheet_name, _, address = self.names.get(name, "").rpartition("!")
        sheet = self.sheet(sheet_name.strip("'"))
        if sheet is None:
            return None
        row, column = split_reference(address)
        return sheet, sheet.at(row, column)

    @cached_property
    def custom_properties(self) -> dict[str, str]:
        """The custom document properties."""
        if "docProps/custom.xml" not in self.parts:
            return {}
        return {
            str(item.get("name")): "".join(item.itertext())
            for item in self.xml("docProps/custom.xml")
        }

    @cached_property
    def _styles(self) -> tuple[list[dict[str, str]], list[bool], dict[str, str]]:
        root = self.xml("xl/styles.xml")
        formats = {
            str(item.get("numFmtId")): str(item.get("formatCode"))
            for item in root.iter(f"{MAIN}numFmt")
        }
        cells = root.find(f"{MAIN}cellXfs")
        styles = [] if cells is None else list(cells)
        unlocked = [
            any(part.get("locked") == "0" for part in style.iter(f"{MAIN}protection"))
            for style in styles
        ]
        return [dict(style.attrib) for style in styles], unlocked, formats

    @cached_property
    def _colours(self) -> list[tuple[str, str]]:
        """Font and fill colour of every style, `RRGGBB`; black on white where none is set."""
        root = self.xml("xl/styles.xml")
        fonts = [_rgb(font.find(f"{MAIN}color"), "000000") for font in _children(root, "fonts")]
        fills = [
            _rgb(fill.find(f"{MAIN}patternFill/{MAIN}fgColor"), "FFFFFF")
            for fill in _children(root, "fills")
        ]
        return [
            (fonts[int(style.get("fontId", "0"))], fills[int(style.get("fillId", "0"))])
            for style in _children(root, "cellXfs")
        ]

    def colours(self, cell: Cell) -> tuple[str, str]:
        """Return the colours of a cell's font and fill, `RRGGBB`."""
        return self._colours[cell.style]

    def number_format(self, cell: Cell) -> str:
        """Return the number format of a cell; empty for a built-in one."""
        styles, _, formats = self._styles
        return formats.get(styles[cell.style].get("numFmtId", ""), "")

    def is_quoted(self, cell: Cell) -> bool:
        """Return whether a cell carries the quote prefix."""
        return self._styles[0][cell.style].get("quotePrefix") == "1"

    def is_unlocked(self, cell: Cell) -> bool:
        """Return whether a cell is one that people fill in."""
        return self._styles[1][cell.style]

    def formulas(self) -> Iterator[tuple[OpenedSheet, Cell]]:
        """Yield every cell that holds a formula."""
        for sheet in self.sheets:
            for cell in sheet.cells.values():
                if cell.formula is not None:
                    yield sheet, cell


def _children(root: Element, name: str) -> list[Element]:
    found = root.find(f"{MAIN}{name}")
    return [] if found is None else list(found)


def _rgb(item: Element | None, otherwise: str) -> str:
    """Return a colour of the palette's RGB form, without its alpha."""
    value = "" if item is None else item.get("rgb", "")
    return value[-6:].upper() if value else otherwise


def _resolved(folder: str, target: str) -> str:
    """Return the name of the part that a relation points to."""
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        else:
            parts.append(step)
    return "/".join(parts)
