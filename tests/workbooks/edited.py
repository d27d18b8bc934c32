"""Change a finished workbook the way a person or an accident would, part by part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from reports.rules.opened import Cell, Opened


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Rewrite every part; a part whose change is None is dropped."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)


def replace_in(path: Path, part: str, old: str, new: str) -> None:
    """Replace text in the parts whose name begins so; at least one must hold it."""
    hits = []

    def change(name: str, content: bytes) -> bytes:
        if name.startswith(part) and old.encode() in content:
            hits.append(name)
            return content.replace(old.encode(), new.encode())
        return content

    rewrite(path, change)
    assert hits, f"no part {part} holds {old!r}"


def edit_cell(path: Path, sheet: str, ref: str, body: str, kind: str = "") -> None:
    """Replace the content of one cell by other XML, its style kept."""
    part = next(found.path for found in Opened(path).sheets if found.name == sheet)
    pattern = re.compile(rf'<c r="{ref}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'.encode())

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        type_text = f' t="{kind}"' if kind else ""

        def cell(match: re.Match[bytes]) -> bytes:
            style = (match[1] or b"").decode()
            return f'<c r="{ref}"{style}{type_text}>{body}</c>'.encode()

        changed, count = pattern.subn(cell, content)
        assert count == 1, f"{sheet}!{ref} stands {count} times"
        return changed

    rewrite(path, change)


def cell_of(path: Path, table: str, header: str, row: int = 0, **where: str) -> tuple[str, Cell]:
    """Return sheet and cell of a table by header and row, or by the values of other columns."""
    book = Opened(path)
    found = next(item for item in book.tables if item.name == table)
    records = [
        record
        for record in book.records(found)
        if all(record[name].value == value for name, value in where.items())
    ]
    return found.sheet, records[row][header]


def total_of(path: Path, table: str, header: str) -> tuple[str, Cell]:
    """Return sheet and total cell of a table's column."""
    book = Opened(path)
    found = next(item for item in book.tables if item.name == table)
    row = found.bottom if found.has_totals else found.top - 1
    cell = book.sheet(found.sheet).at(row, found.left + found.headers.index(header))
    return found.sheet, cell
