"""Rules on the page (H): its numbers are cells, nothing is fetched, no person is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from reports.links import is_allowed
from reports.render.html.page import source_hash
from reports.render.html.wording import ways
from reports.rules.file_rules import Breach, kind_of
from reports.rules.opened import Cell, Opened, split_reference

FEWEST_CELLS = 20
"""A page with fewer cells was cut off."""
_VOID = frozenset({"meta", "input", "br", "hr", "img", "link", "rect", "circle", "path"})
_FETCHING = frozenset(
    {"iframe", "object", "embed", "img", "link", "base", "form", "video", "audio"}
)
_SCALE = frozenset({"tick"})
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CELL = re.compile(r"(?P<sheet>[^!]+)!(?P<address>[A-Z]+[0-9]+)")


class Element:
    """One element: its attributes and the text inside, tooltips apart."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """The text with single spaces."""
        return " ".join("".join(self.parts).split())


class ReadPage(HTMLParser):
    """A page as its parts say it.

    Attributes:
        elements: Every element, in order.
        loose: Text with a digit that stands in no element with a cell, nor on a scale,
            nor in words that the page marks as its own (`data-own`: its title, names of charts).
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.loose: list[str] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID or "data-cell" in element.attributes:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that closes itself."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Hand text to every element around it."""
        for element in self._open:
            element.parts.append(data)
        tags = {element.tag for element in self._open}
        if any(character.isdigit() for character in data) and not (
            tags & {"style", "script", "head"}
            or any(_is_answered(element) for element in self._open)
        ):
            self.loose.append(" ".join(data.split()))

    def cells(self) -> Iterator[Element]:
        """Yield the elements that name a cell."""
        return (element for element in self.elements if "data-cell" in element.attributes)


def _is_answered(element: Element) -> bool:
    """Return whether numbers inside have a cell, are a scale's, or the page's own words."""
    names = element.attributes
    return "data-cell" in names or "data-own" in names or names.get("class") in _SCALE


def h01(page: ReadPage, books: Sequence[Opened]) -> Iterator[Breach]:
    """Every number on the page is a cell of a workbook, and says what the cell says."""
    by_name = {kind_of(book): book for book in books}
    count = 0
    for element in page.cells():
        count += 1
        workbook, place = (
            element.attributes.get("data-workbook", ""),
            element.attributes["data-cell"],
        )
        match = _CELL.fullmatch(place)
        book = by_name.get(workbook)
        if book is None or match is None:
            yield place, f"the page names a cell of {workbook or 'no workbook'}, which is not there"
            continue
        sheet = book.sheet(match["sheet"])
        cell = sheet.at(*split_reference(match["address"])) if sheet else None
        problem = _difference(element, cell)
        if problem:
            yield f"{workbook}:{place}", problem
    if count < FEWEST_CELLS:
        yield "", f"the page shows {count} cells: it is not whole"
    for text in page.loose:
        yield "", f"a number without a cell: {text[:80]!r}"


def _difference(element: Element, cell: Cell | None) -> str:
    """Say how an element differs from its cell; empty when it does not."""
    told = element.attributes.get("data-value")
    if cell is None or not cell.is_number:
        value = "" if cell is None or cell.value is None else " ".join(cell.value.split())
        if told is not None or element.text != value:
            return f"the page says {element.text[:60]!r}, the workbook {value[:60]!r}"
        return ""
    number = f"{float(cell.value or 0):.15g}"
    if told != number:
        return f"the page holds {told}, the workbook {number}"
    text = element.text.rpartition(": ")[2] if element.tag in _VOID else element.text
    if text not in ways(number):
        return f"the page reads {text!r}, the workbook holds {number}"
    return ""


def h02(page: ReadPage, books: Sequence[Opened]) -> Iterator[Breach]:
    """Nothing is fetched: one style, one script, both named by the content policy; safe links."""
    policy = next(
        (
            element.attributes.get("content", "")
            for element in page.elements
            if element.attributes.get("http-equiv") == "Content-Security-Policy"
        ),
        "",
    )
    if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
        yield "", "the content policy does not forbid everything else"
    hosts = {
        host for book in books for host in book.custom_properties.get("link_hosts", "").split(";")
    }
    files = {book.path.name for book in books}
    for element in page.elements:
        if element.tag in {"style", "script"} and source_hash("".join(element.parts)) not in policy:
            yield element.tag, "it is not the one that the content policy names"
        if element.tag in _FETCHING:
            yield element.tag, "the element may fetch or send something"
        for name, value in element.attributes.items():
            if name.startswith("on") or name in {"src", "srcset", "style", "action"}:
                yield element.tag, f"the attribute {name} is not allowed"
            is_inside = value.startswith("#") or value in files
            if name in {"href", "xlink:href"} and not is_inside and not is_allowed(value, hosts):
                yield element.tag, f"the link {value[:80]!r} leads to a host that is not listed"


def h03(page: ReadPage, books: Sequence[Opened]) -> Iterator[Breach]:
    """No person stands on the page: no key of the workpaper's persons, no mail address."""
    persons = _persons(books)
    for element in page.cells():
        text = element.text
        if text in persons:
            yield element.attributes["data-cell"], f"the page names the person {text}"
        if _MAIL.search(text):
            yield element.attributes["data-cell"], "the page holds a mail address"


def _persons(books: Sequence[Opened]) -> frozenset[str]:
    """Return the keys under which the workpaper lists persons."""
    return frozenset(
        cell.value
        for book in books
        for table in book.tables
        if kind_of(book) == "finance" and "Person" in table.headers
        for record in book.records(table)
        if (cell := record["Person"]) is not None and cell.value and cell.value not in _NO_PERSON
    )


_NO_PERSON = frozenset({"NONE", "(none)", "(summed)"})
PageCheck = Callable[[ReadPage, Sequence[Opened]], Iterator[Breach]]
PAGE_RULES: tuple[tuple[str, PageCheck], ...] = (("H01", h01), ("H02", h02), ("H03", h03))


def read_page(path: Path) -> ReadPage:
    """Read a page.

    Raises:
        ValueError: It is not text.
    """
    return ReadPage(path.read_text(encoding="utf-8"))
