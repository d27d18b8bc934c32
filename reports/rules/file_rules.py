"""Rules on the file as a whole: parts, sheets, tables, names, pages, pictures (S, T, L, A, M)."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator

import openpyxl

from reports.rules.opened import Opened, OpenedSheet, split_reference

Breach = tuple[str, str]
"""Cell or sheet, and what is wrong."""

SHEET_ORDER = {
    "finance": (
        "Cover", "Summary", "JournalEntry", "RollForward", "TieOut", "ProjectDetail",
        "PersonDetail", "CostDetail", "Classification", "Evidence", "Unattributed", "Mapping",
        "AsOfClose", "Decisions", "Register", "AmortWaterfall", "Impairment", "Transition",
        "Disclosure",
        "FPandA", "Samples", "Changes", "Assumptions", "Policy", "Exceptions", "IPE", "Checks",
        "SignOff", "Glossary", "Tickmarks", "ChartData",
    ),
    "investment": (
        "Cover", "Summary", "Investment", "ValueStreams", "DORA", "DeployDetail", "Flow", "VSM_*",
        "FutureState", "Bottlenecks", "Survey", "PRFlow", "Readiness", "Assumptions", "IPE",
        "Checks", "Glossary",
    ),
    "ai_roi": (
        "Cover", "Verdict", "Spend", "Adoption", "BeforeAfter", "EventStudy", "StageShift",
        "Guardrails", "ROI", "Sensitivity", "Capitalisation", "Method", "Assumptions", "IPE",
        "Checks", "Glossary",
    ),
}  # fmt: skip
OTHER_NAMES = {"Return": "ROI"}
"""Sheets that stand under another name where the evidence does not carry the usual one."""
OPTIONAL = frozenset({"Draws"})
"""Sheets that stand at the end only where there is something to draw from."""
PROPERTIES = ("run_id", "code_version", "policy_version", "data_as_of", "inputs_sha256")
LARGEST_BYTES = 15 * 1024 * 1024
MOST_ROWS = 50_010
FIXED_TIME = (1980, 1, 31, 0, 0, 0)
"""Time of every part of a file as it was written."""
_FORBIDDEN_PARTS = re.compile(
    r"externalLink|vbaProject|connections|queryTable|embeddings|activeX|ctrlProp|oleObject", re.I
)
_DC = "{http://purl.org/dc/elements/1.1/}"


def kind_of(book: Opened) -> str:
    """Return which workbook this is, by its file name."""
    return re.sub(r"_\d{4}-\d{2}.*$", "", book.path.stem)


def s01(book: Opened) -> Iterator[Breach]:
    """Every relation's target exists; a reader loads the file without a warning."""
    for part in book.parts:
        if part.endswith(".rels"):
            folder, _, base = part.replace("_rels/", "").rpartition("/")
            owner = f"{folder}/{base}".strip("/").removesuffix(".rels")
            for target, _, is_external in book.relations(owner).values():
                if not is_external and target not in book.parts:
                    yield "", f"{part} points to {target}, which is not there"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        openpyxl.load_workbook(book.path, read_only=True).close()
    for warning in caught:
        yield "", f"a reader warns: {warning.message}"


def s02(book: Opened) -> Iterator[Breach]:
    """No external link, macro, connection or embedded object."""
    for part in book.parts:
        if _FORBIDDEN_PARTS.search(part):
            yield "", f"part {part} is not allowed"
    for sheet in book.sheets:
        if "oleObject" in sheet.frame or "ddeLink" in sheet.frame:
            yield sheet.name, "linked or embedded objects are not allowed"


def kinds_of_sheets(book: Opened) -> tuple[str, ...]:
    """Return the names of the sheets in order; the maps of value streams, any number, as one."""
    names = ["VSM_*" if sheet.name.startswith("VSM_") else sheet.name for sheet in book.sheets]
    if "VSM_*" not in names and "Flow" in names:
        names.insert(names.index("Flow") + 1, "VSM_*")
    return tuple(name for name, before in zip(names, ["", *names], strict=False) if name != before)


def s03(book: Opened) -> Iterator[Breach]:
    """The required sheets, in order, none hidden."""
    names = kinds_of_sheets(book)
    required = SHEET_ORDER.get(kind_of(book))
    usual = tuple(OTHER_NAMES.get(name, name) for name in names if name not in OPTIONAL)
    if required is not None and usual != required:
        yield "", f"sheets are {', '.join(names)}; required are {', '.join(required)}"
    for sheet in book.sheets:
        if sheet.state != "visible":
            yield sheet.name, "the sheet is hidden: show it"
        if len(sheet.name) > 31:
            yield sheet.name, "the name is longer than 31 characters"


def s04(book: Opened) -> Iterator[Breach]:
    """At most 15 MB and 50,000 rows a sheet."""
    size = sum(len(content) for content in book.parts.values())
    if book.path.stat().st_size > LARGEST_BYTES:
        yield "", f"the file is larger than 15 MB (unpacked {size} bytes)"
    for sheet in book.sheets:
        last = max((row for row, _ in sheet.cells), default=0)
        if last > MOST_ROWS:
            yield sheet.name, f"the sheet has {last} rows: sum it by component and person"


def m01(book: Opened) -> Iterator[Breach]:
    """Title, subject, author and what ties the file to its run."""
    core = book.xml("docProps/core.xml")
    for name in ("title", "subject", "creator"):
        item = core.find(f"{_DC}{name}")
        if item is None or not item.text:
            yield "", f"document property {name} is empty"
    for name in PROPERTIES:
        if not book.custom_properties.get(name):
            yield "", f"custom property {name} is missing"


def m02(book: Opened) -> Iterator[Breach]:
    """The file carries no time of its own, so that two builds are the same bytes."""
    with zipfile.ZipFile(book.path) as archive:
        times = {item.date_time for item in archive.infolist()}
    if times - {FIXED_TIME}:
        yield "", "another program has saved the file: it carries the time of that"


def t01(book: Opened) -> Iterator[Breach]:
    """Tables have unique names and headers that equal their cells; filters leave totals out."""
    names = [table.name for table in book.tables]
    for table in book.tables:
        where = f"{table.sheet}!{table.name}"
        if not table.name.startswith("tbl_") or names.count(table.name) > 1:
            yield where, "the table's name is not unique or does not begin with tbl_"
        if len(set(table.headers)) < len(table.headers) or not all(table.headers):
            yield where, "headers are empty or repeated"
        sheet = book.sheet(table.sheet)
        for offset, header in enumerate(table.headers):
            cell = sheet.at(table.top, table.left + offset) if sheet else None
            if cell is None or cell.value != header:
                yield where, f"the header cell does not say {header!r}"
        if table.filter_ref:
            last = split_reference(table.filter_ref.split(":")[1])[0]
            if last != table.body[-1]:
                yield where, "the filter does not cover the body exactly"
    yield from _overlaps(book)


def _overlaps(book: Opened) -> Iterator[Breach]:
    for number, one in enumerate(book.tables):
        for other in book.tables[number + 1 :]:
            if one.sheet == other.sheet and one.top <= other.bottom and other.top <= one.bottom:
                yield f"{one.sheet}!{one.name}", f"overlaps {other.name}"


def t02(book: Opened) -> Iterator[Breach]:
    """Defined names point to a cell that is there."""
    for name, target in book.names.items():
        if "#REF!" in target or "!" not in target:
            yield name, f"the name points to {target!r}"
            continue
        found = book.named_cell(name)
        if found is None or found[1] is None:
            yield name, f"the name points to {target}, which is empty"


def t03(book: Opened) -> Iterator[Breach]:
    """Every numeric column names its unit and is formatted as that unit."""
    for table in book.tables:
        sheet = book.sheet(table.sheet)
        for offset, header in enumerate(table.headers):
            cell = sheet.at(table.top + 1, table.left + offset) if sheet else None
            if cell is None or not cell.is_number:
                continue
            form = book.number_format(cell)
            if form in {"", "0"} or "yyyy" in form:
                continue
            where = f"{table.sheet}!{cell.ref}"
            if "(" not in header:
                yield where, f"header {header!r} names no unit"
            elif "(%" in header and "%" not in form:
                yield where, f"header {header!r} says percent, the format {form!r} does not"


def l01(book: Opened) -> Iterator[Breach]:
    """Frozen panes, landscape, one page wide, footer with page and run, print titles."""
    run = book.custom_properties.get("run_id", "")[:12]
    titles = (b"_xlnm.Print_Titles", book.parts["xl/workbook.xml"])
    if titles[1].count(titles[0]) < len(book.sheets):
        yield "", "not every sheet repeats its title rows in print"
    for sheet in book.sheets:
        yield from _page_breaches(sheet, run)


def _page_breaches(sheet: OpenedSheet, run: str) -> Iterator[Breach]:
    if not any(pane.get("state") == "frozen" for pane in sheet.frame.get("pane", [])):
        yield sheet.name, "panes are not frozen"
    setup = (sheet.frame.get("pageSetup") or [{}])[0]
    if setup.get("orientation") != "landscape":
        yield sheet.name, "the page is not landscape"
    fits = any(item.get("fitToPage") == "1" for item in sheet.frame.get("pageSetUpPr", []))
    if not fits or setup.get("fitToWidth", "1") != "1":
        yield sheet.name, "the page is not fitted to one page wide"
    if "&P" not in sheet.footer or run not in sheet.footer:
        yield sheet.name, "the footer lacks the page number or the run id"


def a01(book: Opened) -> Iterator[Breach]:
    """Every chart has alternative text; every sheet says its title in A1."""
    for part, content in book.parts.items():
        if part.startswith("xl/drawings/drawing"):
            for text in re.findall(rb"<xdr:cNvPr [^>]*>", content):
                if not re.search(rb'descr="[^"]{10,}"', text):
                    yield part, "a chart or picture has no alternative text"
    for sheet in book.sheets:
        first = sheet.at(1, 1)
        if first is None or not first.value:
            yield f"{sheet.name}!A1", "the sheet has no title in A1"


def m03(book: Opened) -> Iterator[Breach]:
    """Sheets are protected; the cells of people are empty and unlocked."""
    for sheet in book.sheets:
        if not any(item.get("sheet") == "1" for item in sheet.frame.get("sheetProtection", [])):
            yield sheet.name, "the sheet is not protected"
        for cell in sheet.cells.values() if sheet.name == "SignOff" else ():
            if book.is_unlocked(cell) and cell.value:
                yield f"{sheet.name}!{cell.ref}", "a sign-off cell is already filled in"
