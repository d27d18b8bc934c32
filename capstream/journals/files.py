"""Write the journal files of a month: one per entity and format, whole or not at all."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capstream.errors import UsageError
from capstream.journals.formats import LAYOUTS
from capstream.journals.layout import Layout
from capstream.journals.lines import JournalEntry, journal_entries

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the same lines give the same bytes


@dataclass(frozen=True, slots=True)
class JournalTarget:
    """An entity's books in an ERP: the format and the ERP's own name of the entity."""

    format: str
    entity: str
    subsidiary: str | None = None


def write_journals(
    rows: Iterable[Mapping[str, Any]],
    targets: Iterable[JournalTarget],
    folder: Path,
    *,
    month: str,
    approved_entities: Collection[str],
) -> list[Path]:
    """Write `journal_<month>.<entity>.<format>.<csv or zip>` and return the paths.

    Args:
        rows: Rows of `fct_journal_lines`; other months and entities are passed over.
        targets: Entities with their formats.
        folder: Where the files go; it must exist.
        month: `YYYY-MM`.
        approved_entities: Entities whose policy of the month is approved; no other gets a file.

    Raises:
        UsageError: A format is unknown, or the lines do not fit it.
    """
    entries = journal_entries(row for row in rows if row["month_key"] == month)
    written: list[Path] = []
    for target in targets:
        own = [entry for entry in entries if entry.entity == target.entity]
        if own and target.entity in approved_entities:
            written += _write_target(own, target, folder, month)
    return written


def layout_of(name: str) -> Layout:
    """Return the layout of a format.

    Raises:
        UsageError: There is no such format.
    """
    if name not in LAYOUTS:
        raise UsageError(f"journal format {name!r} is unknown: choose one of {sorted(LAYOUTS)}")
    return LAYOUTS[name]


def _write_target(
    entries: list[JournalEntry], target: JournalTarget, folder: Path, month: str
) -> list[Path]:
    layout = layout_of(target.format)
    paths = []
    for number, part in enumerate(_files(entries, layout.line_limit), start=1):
        suffix = f".{number}" if number > 1 else ""
        extension = "zip" if layout.archive_member else "csv"
        path = folder / f"journal_{month}.{target.entity}.{layout.name}{suffix}.{extension}"
        _replace(path, _content(part, layout, target.subsidiary or target.entity))
        paths.append(path)
    return paths


def _files(entries: list[JournalEntry], limit: int) -> Iterator[list[JournalEntry]]:
    """Distribute entries over files; an entry too long for one goes on in the next."""
    if not limit:
        yield entries
        return
    file: list[JournalEntry] = []
    for entry in entries:
        for part in entry.parts(limit):
            if sum(len(other.lines) for other in (*file, part)) > limit:
                yield file
                file = []
            file.append(part)
    yield file


def _content(entries: list[JournalEntry], layout: Layout, subsidiary: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if layout.has_header:
        writer.writerow(layout.columns)
    for entry in entries:
        for row in layout.rows(entry, subsidiary):
            writer.writerow(row)
    content = text.getvalue().encode()
    return _zipped(layout.archive_member, content) if layout.archive_member else content


def _zipped(member: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo(member, _FIXED_TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
    return packed.getvalue()


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
