"""The streams that have a map this month: what their sheets and tables are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reports.workbooks.shared.facts import Facts

_LONGEST = 26


@dataclass(frozen=True, slots=True)
class MappedStream:
    """A value stream with finished items and a map of its own.

    Attributes:
        stream: Identifier.
        name: Name for readers.
        slug: Part of the names of sheet, tables and cells.
        summary: Row of its summary in the run month.
    """

    stream: str
    name: str
    slug: str
    summary: dict[str, Any]

    @property
    def sheet(self) -> str:
        """Name of its sheet."""
        return f"VSM_{self.slug}"

    @property
    def steps(self) -> str:
        """Name of its table of steps."""
        return f"tbl_steps_{self.slug.lower()}"

    @property
    def future(self) -> str:
        """Name of its table of levers."""
        return f"tbl_levers_{self.slug.lower()}"


def mapped_streams(facts: Facts) -> tuple[MappedStream, ...]:
    """List the streams whose map stands: something was finished and no status lacks a place."""
    rows = facts.rows("rpt_investment__flow_streams").where(is_run_month=True)
    taken: set[str] = set()
    found = []
    for row in rows.sorted_by("value_stream_id").records:
        if row["is_withheld"] or not row["measured_count"]:
            continue
        stream = str(row["value_stream_id"])
        slug = _free(re.sub(r"[^A-Za-z0-9_]", "_", stream)[:_LONGEST], taken)
        found.append(MappedStream(stream, str(row["value_stream_name"]), slug, row))
    return tuple(found)


def _free(slug: str, taken: set[str]) -> str:
    """Return a slug that no other stream has, numbered where it must be."""
    free, number = slug, 1
    while free.lower() in taken:
        number += 1
        free = f"{slug[: _LONGEST - 2]}_{number}"
    taken.add(free.lower())
    return free
