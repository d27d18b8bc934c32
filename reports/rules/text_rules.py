"""Rules on text and links: no injection, no hidden characters, no private matter (I)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.links import is_allowed
from reports.render.text import FORMULA_STARTS, LONGEST
from reports.rules.file_rules import Breach
from reports.rules.opened import Opened

MOST_LINKS = 60_000
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_LOCAL_PATH = re.compile(r"(?:^|\s)(?:/(?:home|root|Users|tmp|var)/|[A-Z]:\\\\|\\\\\\\\)")


def i01(book: Opened) -> Iterator[Breach]:
    """Text that looks like a formula carries the quote prefix."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.kind != "text" or cell.formula is not None or not cell.value:
                continue
            if cell.value.startswith(FORMULA_STARTS) and not book.is_quoted(cell):
                yield f"{sheet.name}!{cell.ref}", "text that begins like a formula is not quoted"


def i02(book: Opened) -> Iterator[Breach]:
    """Links lead to listed hosts over https, or to sheets that are there."""
    hosts = set(book.custom_properties.get("link_hosts", "").split(";"))
    names = {sheet.name for sheet in book.sheets}
    for sheet in book.sheets:
        relations = book.relations(sheet.path)
        outside = [target for target in relations.values() if target[1] == "hyperlink"]
        if len(outside) > MOST_LINKS:
            yield sheet.name, f"{len(outside)} links on one sheet"
        for item in sheet.frame.get("hyperlink", []):
            where = f"{sheet.name}!{item.get('ref')}"
            location = item.get("location")
            if location and location.rpartition("!")[0].strip("'") not in names:
                yield where, f"the link leads to {location}, which is not there"
        for address in _outside_addresses(book, sheet.path):
            if not is_allowed(address, hosts):
                yield sheet.name, f"the link {address[:80]!r} is not https on a listed host"


def _outside_addresses(book: Opened, part: str) -> Iterator[str]:
    folder, _, base = part.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels"
    if rels in book.parts:
        for item in book.xml(rels):
            if str(item.get("Type")).endswith("/hyperlink"):
                yield str(item.get("Target"))


def i03(book: Opened) -> Iterator[Breach]:
    """No character that a reader cannot see; no text beyond a cell's limit."""
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.kind == "text" and cell.value:
                if _HIDDEN.search(cell.value):
                    yield f"{sheet.name}!{cell.ref}", "the text holds invisible characters"
                if len(cell.value) > LONGEST:
                    yield f"{sheet.name}!{cell.ref}", "the text is longer than a cell holds"


def i04(book: Opened) -> Iterator[Breach]:
    """No mail address in a cell, no local path in the properties."""
    for sheet in book.sheets:
        if sheet.name == "SignOff":
            continue
        for cell in sheet.cells.values():
            if cell.kind == "text" and cell.value and _ADDRESS.search(cell.value):
                yield f"{sheet.name}!{cell.ref}", "the text holds a mail address"
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if part in book.parts and _LOCAL_PATH.search(book.parts[part].decode()):
            yield part, "a property holds a path of this computer"
